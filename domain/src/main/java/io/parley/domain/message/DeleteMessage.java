package io.parley.domain.message;

import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.message.MessageCommand.Delete;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Unsays a message: its text is gone for good, its tombstone stays. */
public final class DeleteMessage {
    private final LogWriter writer;
    private final RateLimiter limiter;
    private final Clock clock;

    public DeleteMessage(LogWriter writer, RateLimiter limiter, Clock clock) {
        this.writer = writer;
        this.limiter = limiter;
        this.clock = clock;
    }

    /** Value: the tombstone, after the commit. Errors: those of the limiter and of {@link AppendLane#write}. */
    public Mono<MessageChange> delete(UserId actor, ConversationId conversation, MessageId id) {
        return limiter.acquire(SendMessage.LIMIT, actor.value().toString())
                .then(Mono.fromSupplier(() ->
                        new Delete(conversation, actor, id, clock.instant().truncatedTo(ChronoUnit.MICROS))))
                .flatMap(command -> writer.lane(conversation).write(command))
                .checkpoint("DeleteMessage");
    }
}
