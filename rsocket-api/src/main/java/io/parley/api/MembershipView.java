package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * On a user's own log: that the user is in a conversation, or no longer.
 *
 * @param role absent once the user has left or was removed
 * @param visibleFromSeq the first message that the user may read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MembershipView(UUID conversationId, @Nullable String role, long visibleFromSeq) {}
