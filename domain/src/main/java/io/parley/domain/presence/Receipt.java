package io.parley.domain.presence;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;

/**
 * How far a conversation has come with one member, whenever that moves.
 *
 * @param readSeq the last message that the member has read
 * @param deliveredSeq the last message that one of the member's devices has received
 * @param unread how many messages come after {@code readSeq}; for the member alone
 * @param toAll whether all in the conversation are told, or only the member's own devices
 */
public record Receipt(
        ConversationId conversation, UserId user, long readSeq, long deliveredSeq, long unread, boolean toAll)
        implements TalkHint {}
