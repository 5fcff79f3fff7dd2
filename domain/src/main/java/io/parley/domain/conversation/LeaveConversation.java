package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Takes somebody out of a group or channel, by their own wish. */
public final class LeaveConversation {
    private final ConversationWrites writes;

    public LeaveConversation(ConversationWrites writes) {
        this.writes = writes;
    }

    /** Completes when the user is out of it. Errors: those of the limiter and of {@link ConversationRepository#remove}. */
    public Mono<Void> leave(UserId user, ConversationId id) {
        return writes.by(user, () -> writes.conversations().remove(id, user, user, writes.now()))
                .then()
                .checkpoint("LeaveConversation");
    }
}
