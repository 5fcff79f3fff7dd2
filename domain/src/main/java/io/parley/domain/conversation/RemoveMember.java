package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Removes somebody from a group or channel. */
public final class RemoveMember {
    private final ConversationWrites writes;

    public RemoveMember(ConversationWrites writes) {
        this.writes = writes;
    }

    /** Completes when the user is out of it. Errors: those of the limiter and of {@link ConversationRepository#remove}. */
    public Mono<Void> remove(UserId actor, ConversationId id, UserId user) {
        return writes.by(actor, () -> writes.conversations().remove(id, actor, user, writes.now()))
                .then()
                .checkpoint("RemoveMember");
    }
}
