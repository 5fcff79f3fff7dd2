package io.parley.infra.redis;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Counts on this node alone, by the same algorithm as the script; holds at most {@value #CALLERS} callers. */
final class LocalRateLimiter implements RateLimiter {
    static final int CALLERS = 100_000;

    // Tidied up by whoever writes: when another thread is late with it, writers spin and then wait for it.
    private final Cache<String, Long> arrivals =
            Caffeine.newBuilder().maximumSize(CALLERS).executor(Runnable::run).build();
    private final LongSupplier nanoClock;

    /** @param nanoClock monotonic, like {@link System#nanoTime()} */
    LocalRateLimiter(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    @Override
    public Mono<Void> acquire(RateLimit limit, String caller) {
        return Mono.fromRunnable(() -> take(limit, limit.name() + ":" + caller));
    }

    private void take(RateLimit limit, String key) {
        long now = nanoClock.getAsLong();
        arrivals.asMap().compute(key, (same, arrival) -> next(limit, now, arrival == null ? now : arrival));
    }

    /** Differences, never comparisons: nanoTime may overflow. Throwing leaves the entry as it was. */
    private static long next(RateLimit limit, long now, long arrival) {
        long interval = limit.interval().toNanos();
        long next = Math.max(arrival - now, 0) + interval;
        long wait = next - interval * limit.burst();
        if (wait > 0) {
            throw new LimitExceeded(ErrorCode.RATE_EXCEEDED, Duration.ofNanos(wait));
        }
        return now + next;
    }
}
