package io.parley.domain.presence;

import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** Tells all nodes who is typing; what gets lost is lost. */
public interface TypingChannel {

    /** Completes once it is said, or could not be: never fails, never waits long. */
    Mono<Void> say(Typing typing);

    /**
     * Hears what all nodes say, this one included, until cancelled: the listener neither blocks nor fails. Errors when the
     * link is lost; it may then be subscribed again.
     */
    Mono<Void> hear(Consumer<Typing> listener);
}
