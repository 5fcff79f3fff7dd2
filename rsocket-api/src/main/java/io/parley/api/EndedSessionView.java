package io.parley.api;

import java.time.Instant;
import java.util.UUID;

/** On a user's own log: that a session has ended. */
public record EndedSessionView(UUID id, Instant endedAt) {}
