package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Gives a member another role. */
public final class ChangeRole {
    private final ConversationWrites writes;

    public ChangeRole(ConversationWrites writes) {
        this.writes = writes;
    }

    /** Completes when it is stored. Errors: those of the limiter and of {@link ConversationRepository#setRole}. */
    public Mono<Void> change(UserId actor, ConversationId id, UserId user, Role role) {
        return writes.by(actor, () -> writes.conversations().setRole(id, actor, user, role))
                .then()
                .checkpoint("ChangeRole");
    }
}
