package io.parley.domain.conversation;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.log.Announcer;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** What the use cases of this package share: who writes is counted, and what was written is announced. */
public record ConversationWrites(
        ConversationRepository conversations, RateLimiter limiter, Announcer announcer, Clock clock) {
    static final RateLimit LIMIT = new RateLimit("conversation", 30, Duration.ofSeconds(2));

    /** Value: that of the write, once all nodes are about to hear of it. Errors: those of the limiter and the write. */
    <T> Mono<Written<T>> by(UserId actor, Supplier<Mono<Written<T>>> write) {
        return limiter.acquire(LIMIT, actor.value().toString())
                .then(Mono.defer(write))
                .delayUntil(written -> announcer.announceEntries(written.entries()));
    }

    /** As precise as it is stored. */
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
