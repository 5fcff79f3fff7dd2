package io.parley.domain.message;

import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.message.MessageCommand.Edit;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import reactor.core.publisher.Mono;

/** Gives one's own message another text. */
public final class EditMessage {
    private final LogWriter writer;
    private final RateLimiter limiter;
    private final Clock clock;

    public EditMessage(LogWriter writer, RateLimiter limiter, Clock clock) {
        this.writer = writer;
        this.limiter = limiter;
        this.clock = clock;
    }

    /** Value: the message as it is now, after the commit. Errors: those of the limiter and of {@link AppendLane#write}. */
    public Mono<MessageChange> edit(UserId actor, ConversationId conversation, MessageId id, MessageBody body) {
        return limiter.acquire(SendMessage.LIMIT, actor.value().toString())
                .then(Mono.fromSupplier(() ->
                        new Edit(conversation, actor, id, body, clock.instant().truncatedTo(ChronoUnit.MICROS))))
                .flatMap(command -> writer.lane(conversation).write(command))
                .checkpoint("EditMessage");
    }
}
