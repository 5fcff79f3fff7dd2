package io.parley.domain.message;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.ReadPositions.Moved;
import io.parley.domain.user.UserId;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Remembers how far somebody has read in a conversation, and tells those whom it concerns. */
public final class MarkRead {
    static final RateLimit LIMIT = new RateLimit("read", 100, Duration.ofMillis(50));

    private final Receipts receipts;

    public MarkRead(Receipts receipts) {
        this.receipts = receipts;
    }

    /** Value: where the reader stands now. Errors: those of the limiter and of {@link ReadPositions#read}. */
    public Mono<Moved> mark(UserId reader, ConversationId conversation, long seq) {
        return receipts.by(
                        LIMIT, reader, conversation, () -> receipts.positions().read(reader, conversation, seq))
                .checkpoint("MarkRead");
    }
}
