package io.parley.domain.conversation;

import io.parley.domain.user.UserId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A group or channel that somebody wants to open.
 *
 * @param key chosen by the client, one per conversation and creator: repeating it never makes a second one
 * @param members whom to add besides the creator, who becomes its owner; at most {@value #MAX_MEMBERS}
 */
public record NewConversation(
        ConversationId id,
        UserId creator,
        UUID key,
        ConversationKind kind,
        Title title,
        History history,
        List<UserId> members,
        Instant createdAt) {
    public static final int MAX_MEMBERS = 99;
}
