package io.parley.domain.auth;

import java.util.UUID;

/** Names one signed-in device of one user. */
public record SessionId(UUID value) {}
