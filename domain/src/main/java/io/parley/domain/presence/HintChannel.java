package io.parley.domain.presence;

import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Tells all nodes what happens at this moment; what gets lost is lost, and what is told late may be told out of order. */
public interface HintChannel {
    /** Completes once it is said, or could not be: never fails, never waits long. */
    Mono<Void> say(Hint hint);

    /**
     * Hears what all nodes say, this one included, until cancelled: the listener neither blocks nor fails. What only a
     * later release says is passed over. Errors when the link is lost; it may then be subscribed again.
     */
    Mono<Void> hear(Consumer<Hint> listener);
}
