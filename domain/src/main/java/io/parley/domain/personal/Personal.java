package io.parley.domain.personal;

import io.parley.domain.conversation.ConversationId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a member wants a conversation.
 *
 * @param level of what to hear while away
 * @param mutedUntil until when the member does not want to hear of it; null: not muted
 * @param markedUnread set by the member, to come back to it; reading takes it away
 */
public record Personal(
        ConversationId conversation, Notify level, @Nullable Instant mutedUntil, boolean markedUnread) {}
