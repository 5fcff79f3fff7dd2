package io.parley.domain.log;

import java.util.UUID;

/**
 * That one item changed: a place in a log, without the item's state.
 *
 * @param offset its place, from 1, without holes, in the order of commits
 * @param item the id of the item within its kind: a message's, a session's, a user's for members and
 *     preferences, a conversation's otherwise
 */
public record LogEntry(LogId log, long offset, ItemKind kind, UUID item, Reason reason) {}
