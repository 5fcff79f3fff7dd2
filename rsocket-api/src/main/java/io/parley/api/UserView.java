package io.parley.api;

import java.time.Instant;
import java.util.UUID;

/** A person as everybody who is signed in sees them. */
public record UserView(UUID id, String handle, String displayName, Instant createdAt) {}
