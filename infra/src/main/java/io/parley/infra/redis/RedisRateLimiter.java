package io.parley.infra.redis;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/** Counts over all nodes, in one round trip; without Redis, on this node alone. */
final class RedisRateLimiter implements RateLimiter {
    private static final HashedScript GCRA = HashedScript.of(script());

    private final ReactiveStringRedisTemplate redis;
    private final RedisLink link;
    private final RateLimiter local;

    RedisRateLimiter(ReactiveStringRedisTemplate redis, RedisLink link, RateLimiter local) {
        this.redis = redis;
        this.link = link;
        this.local = local;
    }

    @Override
    public Mono<Void> acquire(RateLimit limit, String caller) {
        return Mono.defer(() -> link.isOpen() ? shared(limit, caller) : local.acquire(limit, caller));
    }

    private Mono<Void> shared(RateLimit limit, String caller) {
        return waitMicros(limit, caller)
                .flatMap(RedisRateLimiter::decide)
                .onErrorResume(error -> !(error instanceof LimitExceeded), error -> local.acquire(limit, caller));
    }

    /** Read when the class is loaded: given the resource, Spring would read it on the event loop of the first caller. */
    private static String script() {
        try {
            return new ClassPathResource("lua/gcra.lua").getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    private Mono<Long> waitMicros(RateLimit limit, String caller) {
        List<String> key = List.of("rate:" + limit.name() + ":" + caller);
        long interval = TimeUnit.NANOSECONDS.toMicros(limit.interval().toNanos());
        return redis.execute(GCRA, key, List.of(String.valueOf(interval), String.valueOf(limit.burst())))
                .single();
    }

    private static Mono<Void> decide(long waitMicros) {
        return waitMicros == 0
                ? Mono.empty()
                : Mono.error(() -> new LimitExceeded(
                        ErrorCode.RATE_EXCEEDED, Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(waitMicros))));
    }
}
