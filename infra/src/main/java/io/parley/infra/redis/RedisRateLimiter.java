package io.parley.infra.redis;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/** Counts over all nodes, in one round trip; without Redis, on this node alone. */
final class RedisRateLimiter implements RateLimiter {
    private static final RedisScript<Long> GCRA = Scripts.read("gcra.lua");

    private final ReactiveStringRedisTemplate redis;
    private final RedisKeys keys;
    private final RedisLink link;
    private final RateLimiter local;

    RedisRateLimiter(ReactiveStringRedisTemplate redis, RedisKeys keys, RedisLink link, RateLimiter local) {
        this.redis = redis;
        this.keys = keys;
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

    private Mono<Long> waitMicros(RateLimit limit, String caller) {
        List<String> key = List.of(keys.of("rate", limit.name() + ":" + caller));
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
