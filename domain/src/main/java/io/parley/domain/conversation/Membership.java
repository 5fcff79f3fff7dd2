package io.parley.domain.conversation;

import org.jspecify.annotations.Nullable;

/**
 * A conversation in the eyes of one user.
 *
 * @param role null once the user has left or was removed: a tombstone
 * @param visibleFromSeq the first message that the user may read
 */
public record Membership(
        ConversationId conversation, @Nullable Role role, long visibleFromSeq) {}
