package io.parley.app.gateway;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.pipeline.Endings;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Tells everything that lasts that this node is about to stop. Live connections leave one after the other, about a
 * thousand a second: the nodes that take them over are not to meet them all at once.
 */
@Component
public final class Closing {
    /** However many there are. */
    private static final Duration LONGEST = Duration.ofMillis(3_500);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Sinks.Empty<Void> begun = Sinks.empty();
    private final AtomicInteger live = new AtomicInteger();
    private volatile Duration spread = Duration.ZERO;

    /** Ends all streams. Doing it twice does nothing. */
    public void begin() {
        if (spread.isZero()) {
            Duration each = Duration.ofMillis(live.get());
            spread = each.compareTo(LONGEST) < 0 ? each : LONGEST;
        }
        begun.tryEmitEmpty();
    }

    /** Completes when the node begins to close. */
    public Mono<Void> begun() {
        return begun.asMono();
    }

    /** Completes when everything that lasts has been told, with all live connections gone or their time over. */
    public Mono<Void> told() {
        return begun().then(Mono.defer(() -> Flux.interval(LOOK_EVERY)
                .onBackpressureDrop()
                .takeUntil(tick -> live.get() == 0)
                .take(spread.plus(LOOK_EVERY))
                .then()));
    }

    /** The same stream, which fails with {@code Unavailable} when the node begins to close. */
    public <T> Flux<T> cut(Flux<T> stream) {
        return Endings.with(stream, begun().then(stopping()));
    }

    /** The same for a live connection, when it is its turn to leave. */
    public <T> Mono<T> cutLive(Mono<T> connection) {
        Mono<T> leave = begun().then(Mono.defer(() -> Mono.delay(turn()))).then(stopping());
        return Endings.with(connection, leave)
                .doOnSubscribe(subscription -> live.incrementAndGet())
                .doFinally(end -> live.decrementAndGet());
    }

    private Duration turn() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(spread.toMillis() + 1));
    }

    private static <T> Mono<T> stopping() {
        return Mono.error(() -> new Unavailable(ErrorCode.NODE_STOPPING, null));
    }
}
