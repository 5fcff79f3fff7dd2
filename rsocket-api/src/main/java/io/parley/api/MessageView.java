package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message as everybody in its conversation sees it.
 *
 * @param offset of its latest change in the conversation's log: of two states the one with the higher offset is newer
 * @param seq its number in the conversation, from 1, without holes
 * @param text what it says; absent once it is deleted
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessageView(
        UUID conversationId,
        long offset,
        long seq,
        UUID id,
        UUID senderId,
        UUID clientMessageId,
        @Nullable String text,
        Instant postedAt,
        @Nullable Instant editedAt,
        @Nullable Instant deletedAt) {}
