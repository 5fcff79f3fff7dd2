package io.parley.app.rsocket;

import io.parley.api.Limits;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.util.context.Context;

/**
 * What one connection has open. Each kind of stream for which something may wait has a bound of its own, so that the
 * connection has one too. In the context of its requests.
 */
final class OpenStreams {
    /** Requests and streams of all kinds. */
    static final int MAX_OPEN = 64;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final AtomicInteger all = new AtomicInteger();
    private final AtomicInteger live = new AtomicInteger();
    private final AtomicInteger followed = new AtomicInteger();

    /** The same, which counts for as long as it is open. Errors also: {@code LimitExceeded} if too many are. */
    <T> Flux<T> any(Publisher<T> stream) {
        return counted(all, MAX_OPEN, stream);
    }

    /** The same for a live channel: there is one at a time, with everything in it. */
    static <T> Flux<T> live(Publisher<T> channel) {
        return Flux.deferContextual(context -> counted(context.get(OpenStreams.class).live, 1, channel));
    }

    /** The same for a log that is followed. */
    static <T> Flux<T> followed(Publisher<T> log) {
        return Flux.deferContextual(
                context -> counted(context.get(OpenStreams.class).followed, Limits.MAX_FOLLOWED, log));
    }

    private static <T> Flux<T> counted(AtomicInteger open, int most, Publisher<T> stream) {
        return Flux.using(
                open::incrementAndGet,
                count -> count <= most
                        ? stream
                        : Flux.error(() -> new LimitExceeded(ErrorCode.STREAM_TOO_MANY, RETRY_AFTER)),
                count -> open.decrementAndGet());
    }

    Context into(Context context) {
        return context.put(OpenStreams.class, this);
    }
}
