package io.parley.domain.message;

import java.time.Instant;

/** A message that is about to be stored: all of it but the offset, which the store gives. */
public record Draft(MessageId id, ClientMessageId clientMessageId, MessageBody body, Instant postedAt) {}
