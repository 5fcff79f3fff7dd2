package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Gives a group or channel another title. */
public final class RenameConversation {
    private final ConversationWrites writes;

    public RenameConversation(ConversationWrites writes) {
        this.writes = writes;
    }

    /** Completes when it is stored. Errors: those of the limiter and of {@link ConversationRepository#rename}. */
    public Mono<Void> rename(UserId actor, ConversationId id, Title title) {
        return writes.by(actor, () -> writes.conversations().rename(id, actor, title))
                .then()
                .checkpoint("RenameConversation");
    }
}
