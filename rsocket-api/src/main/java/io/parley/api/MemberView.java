package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a conversation.
 *
 * @param role {@code owner}, {@code admin} or {@code member}; absent once the user has left or was removed
 * @param since when the user joined, or left
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MemberView(
        UUID conversationId, UserRef user, @Nullable String role, Instant since) {}
