package io.parley.domain.personal;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;
import reactor.core.publisher.Mono;

/** Changes how a member wants a conversation. */
public final class ChangePersonal {
    private final PrivateWrites writes;

    public ChangePersonal(PrivateWrites writes) {
        this.writes = writes;
    }

    /** Value: how it is afterwards. Errors: those of the limiter and of {@link PrivateState#change}. */
    public Mono<Personal> change(UserId user, ConversationId conversation, PersonalPatch patch) {
        return writes.by(user, () -> writes.state().change(user, conversation, patch))
                .then(Mono.defer(() -> writes.state().personal(user, conversation)))
                .checkpoint("ChangePersonal");
    }
}
