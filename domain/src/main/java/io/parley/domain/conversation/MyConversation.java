package io.parley.domain.conversation;

import io.parley.domain.user.UserName;
import org.jspecify.annotations.Nullable;

/**
 * A conversation of which somebody is a member, as its list shows it; all of one snapshot.
 *
 * @param peer the other person of a direct conversation, and how far that one has come; null otherwise
 * @param memberCount how many are in it
 * @param head offset of the last change of its log
 * @param headSeq number of its last message; 0 without any
 * @param unread messages after {@code lastReadSeq}, by the counts of messages
 * @param lastDeliveredSeq the last message that one of the member's devices has received
 * @param visibleFromSeq the first message that the member may read
 * @param joinedAt offset of the change of its log that brought the member in
 */
public record MyConversation(
        Conversation conversation,
        Role role,
        @Nullable Peer peer,
        int memberCount,
        long head,
        long headSeq,
        long unread,
        long lastReadSeq,
        long lastDeliveredSeq,
        long visibleFromSeq,
        long joinedAt) {

    public ConversationId id() {
        return conversation.id();
    }

    /** Whether whoever holds everything up to this offset has seen nothing but what the member may see now, and all of that. */
    public boolean goesOnFrom(long offset) {
        return offset >= joinedAt || visibleFromSeq <= 1;
    }

    /** The other person of a direct conversation. */
    public record Peer(UserName user, long readSeq, long deliveredSeq) {}
}
