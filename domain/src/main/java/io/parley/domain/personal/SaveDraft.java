package io.parley.domain.personal;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MessageBody;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Keeps what a member has begun to write, for all devices of that member. */
public final class SaveDraft {
    private final PrivateWrites writes;
    private final Clock clock;

    public SaveDraft(PrivateWrites writes, Clock clock) {
        this.writes = writes;
        this.clock = clock;
    }

    /** Completes when it is stored; null removes it. Errors: those of the limiter and of {@link PrivateState#draft}. */
    public Mono<Void> save(UserId user, ConversationId conversation, @Nullable MessageBody text) {
        return writes.by(user, () -> writes.state()
                        .draft(user, conversation, text, clock.instant().truncatedTo(ChronoUnit.MICROS)))
                .checkpoint("SaveDraft");
    }
}
