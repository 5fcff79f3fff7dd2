package io.parley.domain.message;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MessageHistory.ReadPosition;
import io.parley.domain.user.UserId;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Remembers how far somebody has read in a conversation. */
public final class MarkRead {
    static final RateLimit LIMIT = new RateLimit("read", 100, Duration.ofMillis(50));

    private final MessageHistory history;
    private final RateLimiter limiter;

    public MarkRead(MessageHistory history, RateLimiter limiter) {
        this.history = history;
        this.limiter = limiter;
    }

    /** Value: where the read position stands now. Errors: those of the limiter and of {@link MessageHistory#read}. */
    public Mono<ReadPosition> mark(UserId reader, ConversationId conversation, long seq) {
        return limiter.acquire(LIMIT, reader.value().toString())
                .then(Mono.defer(() -> history.read(reader, conversation, seq)))
                .checkpoint("MarkRead");
    }
}
