package io.parley.domain.personal;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.log.Announcer;
import io.parley.domain.log.LogEntry;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What the use cases of this package share: who writes is counted, and what was written is announced. */
public record PrivateWrites(PrivateState state, RateLimiter limiter, Announcer announcer) {
    static final RateLimit LIMIT = new RateLimit("private", 60, Duration.ofMillis(200));

    /** Completes when it is stored and all nodes are about to hear of it. Errors: those of the limiter and the write. */
    Mono<Void> by(UserId user, Supplier<Mono<List<LogEntry>>> write) {
        return limiter.acquire(LIMIT, user.value().toString())
                .then(Mono.defer(write))
                .flatMap(announcer::announceEntries);
    }
}
