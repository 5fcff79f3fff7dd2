package io.parley.domain.message;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.ReadPositions.Moved;
import io.parley.domain.user.UserId;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Remembers how far a conversation has reached one of somebody's devices, and tells those whom it concerns. */
public final class MarkReceived {
    static final RateLimit LIMIT = new RateLimit("received", 100, Duration.ofMillis(50));

    private final Receipts receipts;

    public MarkReceived(Receipts receipts) {
        this.receipts = receipts;
    }

    /** Value: where the member stands now. Errors: those of the limiter and of {@link ReadPositions#received}. */
    public Mono<Moved> mark(UserId member, ConversationId conversation, long seq) {
        return receipts.by(
                        LIMIT, member, conversation, () -> receipts.positions().received(member, conversation, seq))
                .checkpoint("MarkReceived");
    }
}
