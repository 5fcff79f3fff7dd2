package io.parley.domain.user;

import java.util.UUID;

/** Names one person for good; a version 7 UUID. */
public record UserId(UUID value) {}
