package io.parley.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Opens a conversation.
 *
 * @param kind {@code direct}, {@code group} or {@code channel}
 * @param userId direct: with whom
 * @param idempotencyKey group and channel: chosen by the client, one per conversation; repeating it never makes another
 * @param title group and channel: 1 to {@value Limits#MAX_TITLE_LENGTH} code points
 * @param history group and channel: {@code all} (if absent) or {@code joined}, see {@link ConversationView}
 * @param memberIds group and channel: whom to add at once, at most {@value Limits#MAX_NEW_MEMBERS}
 */
public record NewConversation(
        String kind,
        @Nullable UUID userId,
        @Nullable UUID idempotencyKey,
        @Nullable String title,
        @Nullable String history,
        @Nullable List<UUID> memberIds) {}
