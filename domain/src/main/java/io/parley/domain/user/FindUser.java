package io.parley.domain.user;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Finds a person by the exact handle; limited, so that nobody collects all of them. */
public final class FindUser {
    static final RateLimit LIMIT = new RateLimit("find-user", 60, Duration.ofSeconds(1));

    private final UserDirectory directory;
    private final RateLimiter limiter;

    public FindUser(UserDirectory directory, RateLimiter limiter) {
        this.directory = directory;
        this.limiter = limiter;
    }

    /** Value: the person. Errors: those of the limiter, {@code NotFound}, {@code Unavailable}. */
    public Mono<User> byHandle(String caller, Handle handle) {
        return limiter.acquire(LIMIT, caller)
                .then(Mono.defer(() -> directory.byHandle(handle)))
                .checkpoint("FindUser");
    }
}
