package io.parley.domain.message;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Says something in a conversation, once per client message id however often the client retries. */
public final class SendMessage {
    static final RateLimit LIMIT = new RateLimit("send", 50, Duration.ofMillis(100));

    private final LogWriter writer;
    private final RateLimiter limiter;
    private final Supplier<MessageId> ids;
    private final Clock clock;

    public SendMessage(LogWriter writer, RateLimiter limiter, Supplier<MessageId> ids, Clock clock) {
        this.writer = writer;
        this.limiter = limiter;
        this.ids = ids;
        this.clock = clock;
    }

    /** Value: the stored message, after the commit. Errors: those of the limiter and of {@link AppendLane#write}. */
    public Mono<MessageChange> send(
            UserId sender, ConversationId conversation, ClientMessageId clientMessageId, MessageBody body) {
        return limiter.acquire(LIMIT, sender.value().toString())
                .then(Mono.fromSupplier(() -> new Send(
                        conversation,
                        sender,
                        ids.get(),
                        clientMessageId,
                        body,
                        clock.instant().truncatedTo(ChronoUnit.MICROS))))
                .flatMap(command -> writer.lane(conversation).write(command))
                .checkpoint("SendMessage");
    }
}
