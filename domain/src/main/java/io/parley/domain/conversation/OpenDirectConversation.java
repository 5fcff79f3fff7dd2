package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Opens the one direct conversation of two people, or finds it. */
public final class OpenDirectConversation {
    private final ConversationWrites writes;

    public OpenDirectConversation(ConversationWrites writes) {
        this.writes = writes;
    }

    /** Value: its id; entries only if it is new. Errors: those of the limiter and of {@link ConversationRepository#openDirect}. */
    public Mono<Written<ConversationId>> open(UserId creator, UserId peer) {
        return writes.by(creator, () -> writes.conversations().openDirect(creator, peer, writes.now()))
                .checkpoint("OpenDirectConversation");
    }
}
