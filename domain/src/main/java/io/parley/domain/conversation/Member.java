package io.parley.domain.conversation;

import io.parley.domain.user.UserName;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a conversation.
 *
 * @param role null once the user has left or was removed: a tombstone
 * @param since when the user joined, or left
 */
public record Member(
        ConversationId conversation,
        UserName user,
        @Nullable Role role,
        Instant since) {}
