package io.parley.domain.auth;

import reactor.core.publisher.Mono;

/** A limit and who counts it. */
public record CallLimit(RateLimiter limiter, RateLimit limit) {

    /** See {@link RateLimiter#acquire}. */
    Mono<Void> acquire(String caller) {
        return limiter.acquire(limit, caller);
    }
}
