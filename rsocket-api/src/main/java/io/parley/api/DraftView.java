package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On a user's own log: what the user has begun to write in a conversation.
 *
 * @param text absent once it is removed
 * @param updatedAt when it was last saved or removed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DraftView(UUID conversationId, @Nullable String text, Instant updatedAt) {}
