package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Lets somebody into a channel. */
public final class JoinChannel {
    private final ConversationWrites writes;

    public JoinChannel(ConversationWrites writes) {
        this.writes = writes;
    }

    /** Completes when the user is in it. Errors: those of the limiter and of {@link ConversationRepository#join}. */
    public Mono<Void> join(UserId user, ConversationId id) {
        return writes.by(user, () -> writes.conversations().join(id, user, writes.now()))
                .then()
                .checkpoint("JoinChannel");
    }
}
