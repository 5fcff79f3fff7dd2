package io.parley.app.gateway;

import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.pipeline.Endings;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

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
    private final Set<Consumer<? super ChatException>> live = ConcurrentHashMap.newKeySet();
    private volatile Duration spread = Duration.ZERO;
    private volatile boolean closes;

    /** Ends all streams. Doing it twice does nothing. */
    public void begin() {
        if (!closes) {
            Duration each = Duration.ofMillis(live.size());
            spread = each.compareTo(LONGEST) < 0 ? each : LONGEST;
            closes = true;
            live.forEach(this::leave);
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
                .takeUntil(tick -> live.isEmpty())
                .take(spread.plus(LOOK_EVERY))
                .then()));
    }

    /** The same stream, which fails with {@code Unavailable} when the node begins to close. */
    public <T> Flux<T> cut(Flux<T> stream) {
        return Endings.with(stream, begun().then(stopping()));
    }

    /** The same for a live connection, when it is its turn to leave. */
    public <T> Mono<T> cutLive(Mono<T> connection) {
        return Mono.defer(() -> {
            Sinks.Empty<T> leave = Sinks.empty();
            return live(Mono.firstWithSignal(connection, leave.asMono()), leave::tryEmitError);
        });
    }

    /**
     * The same for one that knows how to fail: nothing is kept of it but that.
     *
     * @param leave called with {@code Unavailable} when it is its turn; maybe twice
     */
    public <T> Mono<T> live(Mono<T> connection, Consumer<? super ChatException> leave) {
        return connection
                .doOnSubscribe(subscription -> {
                    live.add(leave);
                    if (closes) {
                        leave(leave);
                    }
                })
                .doFinally(end -> live.remove(leave));
    }

    private void leave(Consumer<? super ChatException> connection) {
        long turn = ThreadLocalRandom.current().nextLong(spread.toMillis() + 1);
        Schedulers.parallel().schedule(() -> connection.accept(stop()), turn, TimeUnit.MILLISECONDS);
    }

    private static <T> Mono<T> stopping() {
        return Mono.error(Closing::stop);
    }

    private static Unavailable stop() {
        return new Unavailable(ErrorCode.NODE_STOPPING, null);
    }
}
