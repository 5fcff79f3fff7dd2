package io.parley.domain.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What everybody in it knows of a conversation.
 *
 * @param title null for direct ones, which are called by the other person's name
 */
public record Conversation(
        ConversationId id, ConversationKind kind, @Nullable Title title, History history, Instant createdAt) {}
