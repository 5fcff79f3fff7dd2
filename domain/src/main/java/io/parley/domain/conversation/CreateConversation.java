package io.parley.domain.conversation;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.user.UserId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Opens a group or channel, once per key however often the client retries. */
public final class CreateConversation {
    private final ConversationWrites writes;
    private final Supplier<ConversationId> ids;

    public CreateConversation(ConversationWrites writes, Supplier<ConversationId> ids) {
        this.writes = writes;
        this.ids = ids;
    }

    /**
     * Value: its id; entries only if it is new. Errors: those of the limiter and of {@link ConversationRepository#create};
     * {@code InvalidInput} MEMBERS_TOO_MANY, CONVERSATION_KIND.
     */
    public Mono<Written<ConversationId>> create(UserId creator, Wish wish) {
        return writes.by(creator, () -> writes.conversations().create(decided(creator, wish)))
                .checkpoint("CreateConversation");
    }

    private NewConversation decided(UserId creator, Wish wish) {
        if (wish.kind() == ConversationKind.DIRECT) {
            throw new InvalidInput(ErrorCode.CONVERSATION_KIND);
        }
        List<UserId> members = wish.members().stream()
                .distinct()
                .filter(member -> !member.equals(creator))
                .toList();
        if (members.size() > NewConversation.MAX_MEMBERS) {
            throw new InvalidInput(ErrorCode.MEMBERS_TOO_MANY);
        }
        return new NewConversation(
                ids.get(), creator, wish.key(), wish.kind(), wish.title(), wish.history(), members, writes.now());
    }

    /** What the creator asks for, see {@link NewConversation}. */
    public record Wish(UUID key, ConversationKind kind, Title title, History history, List<UserId> members) {}
}
