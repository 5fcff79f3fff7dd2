package io.parley.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a part of a conversation's history; at most one of the three anchors, and none for its end.
 *
 * @param before only messages with a lower seq
 * @param after only messages with a higher seq
 * @param around the message with this seq, and as many on each side
 * @param limit at most so many, 1 to {@value Limits#MAX_PAGE}; absent: {@value Limits#DEFAULT_PAGE}
 */
public record HistoryRequest(
        UUID conversationId,
        @Nullable Long before,
        @Nullable Long after,
        @Nullable Long around,
        @Nullable Integer limit) {}
