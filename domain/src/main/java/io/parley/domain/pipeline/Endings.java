package io.parley.domain.pipeline;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How a stream ends by something other than itself. */
public final class Endings {
    private Endings() {}

    /**
     * The stream until {@code end} completes, or fails: then the stream is cancelled, and fails likewise. Reactor's own
     * {@code takeUntilOther} passes the error on and leaves the stream running (reactor-core issue 4230).
     */
    public static <T> Flux<T> with(Flux<T> stream, Mono<?> end) {
        return Flux.defer(() -> {
            AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
            Mono<?> ended = end.doOnError(failed::set).onErrorComplete();
            return stream.takeUntilOther(ended).concatWith(Mono.defer(() -> {
                Throwable error = failed.get();
                return error == null ? Mono.empty() : Mono.error(error);
            }));
        });
    }

    /** The same for what ends by itself with one value or none. */
    public static <T> Mono<T> with(Mono<T> work, Mono<?> end) {
        return with(work.flux(), end).next();
    }
}
