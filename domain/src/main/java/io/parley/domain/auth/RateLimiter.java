package io.parley.domain.auth;

import reactor.core.publisher.Mono;

/** Counts what callers do, over all nodes where it can and per node where it cannot: it is never open. */
public interface RateLimiter {

    /**
     * Completes if the caller may go on, and has then used one permit. Errors: {@code LimitExceeded} with the time
     * after which one more is allowed. If the shared counter is away, this node counts alone.
     */
    Mono<Void> acquire(RateLimit limit, String caller);
}
