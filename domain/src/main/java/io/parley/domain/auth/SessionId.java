package io.parley.domain.auth;

import java.util.UUID;

/** Names one session for good; a version 7 UUID. */
public record SessionId(UUID value) {}
