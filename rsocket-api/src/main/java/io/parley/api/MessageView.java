package io.parley.api;

import java.time.Instant;
import java.util.UUID;

/**
 * A message as everybody sees it.
 *
 * @param offset its place in the log, from 1, without holes
 */
public record MessageView(long offset, UUID id, UUID clientMessageId, String text, Instant postedAt) {}
