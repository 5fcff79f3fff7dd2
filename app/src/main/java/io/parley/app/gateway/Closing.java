package io.parley.app.gateway;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Tells everything that lasts that this node is about to stop. */
@Component
public final class Closing {
    private final Sinks.Empty<Void> begun = Sinks.empty();

    /** Ends all streams. Doing it twice does nothing. */
    public void begin() {
        begun.tryEmitEmpty();
    }

    /** Completes when the node begins to close. */
    public Mono<Void> begun() {
        return begun.asMono();
    }

    /** The same stream, which fails with {@code Unavailable} when the node begins to close. */
    public <T> Flux<T> cut(Flux<T> stream) {
        return stream.takeUntilOther(begun().then(Mono.error(() -> new Unavailable(ErrorCode.NODE_STOPPING, null))));
    }
}
