package io.parley.domain.message;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stored message.
 *
 * @param seq its number in the conversation, from 1, without holes
 * @param body null once it is deleted: a tombstone
 * @param postedAt by the clock of the node that stored it, with microseconds
 * @param editedAt when its text last changed; null if never
 */
public record Message(
        ConversationId conversation,
        long seq,
        MessageId id,
        UserId sender,
        ClientMessageId clientMessageId,
        @Nullable MessageBody body,
        Instant postedAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt) {}
