package io.parley.domain.personal;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MessageBody;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a member has begun to write in a conversation.
 *
 * @param text null once it is removed: a tombstone
 * @param updatedAt when it was last saved or removed
 */
public record Draft(ConversationId conversation, @Nullable MessageBody text, Instant updatedAt) {}
