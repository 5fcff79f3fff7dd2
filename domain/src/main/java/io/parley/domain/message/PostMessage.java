package io.parley.domain.message;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.live.ChangePublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Posts a message, once per client message id however often the client retries, and tells the followers. */
public final class PostMessage {
    static final RateLimit LIMIT = new RateLimit("post", 50, Duration.ofMillis(100));

    private final MessageRepository messages;
    private final RateLimiter limiter;
    private final Announcement announcement;
    private final Supplier<MessageId> ids;
    private final Clock clock;

    public PostMessage(
            MessageRepository messages,
            RateLimiter limiter,
            Announcement announcement,
            Supplier<MessageId> ids,
            Clock clock) {
        this.messages = messages;
        this.limiter = limiter;
        this.announcement = announcement;
        this.ids = ids;
        this.clock = clock;
    }

    /** Value: the stored message, after the commit. Errors: those of the limiter and of the repository. */
    public Mono<Message> post(String caller, ClientMessageId clientMessageId, MessageBody body) {
        return limiter.acquire(LIMIT, caller)
                .then(Mono.fromSupplier(() -> draft(clientMessageId, body)))
                .flatMap(messages::append)
                .doOnNext(announcement::announce)
                .checkpoint("PostMessage");
    }

    private Draft draft(ClientMessageId clientMessageId, MessageBody body) {
        // PostgreSQL keeps microseconds: what is answered now must equal what is read later.
        return new Draft(ids.get(), clientMessageId, body, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /** Encodes a stored message and hands it to the live path; what is lost there is still in the history. */
    public record Announcement(MessageEncoder encoder, ChangePublisher publisher) {
        void announce(Message message) {
            publisher.offer(encoder.encode(message));
        }
    }
}
