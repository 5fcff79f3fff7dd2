package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Adds somebody to a group or channel. */
public final class AddMember {
    private final ConversationWrites writes;

    public AddMember(ConversationWrites writes) {
        this.writes = writes;
    }

    /** Completes when the user is in it. Errors: those of the limiter and of {@link ConversationRepository#add}. */
    public Mono<Void> add(UserId actor, ConversationId id, UserId user) {
        return writes.by(actor, () -> writes.conversations().add(id, actor, user, writes.now()))
                .then()
                .checkpoint("AddMember");
    }
}
