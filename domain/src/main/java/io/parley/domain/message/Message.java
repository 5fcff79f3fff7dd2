package io.parley.domain.message;

import java.time.Instant;

/**
 * A stored message.
 *
 * @param offset its place in the log: from 1, without holes, in the order of commits
 * @param postedAt by the clock of the node that stored it, with microseconds
 */
public record Message(long offset, MessageId id, ClientMessageId clientMessageId, MessageBody body, Instant postedAt) {}
