package io.parley.domain.user;

import java.util.UUID;

/** Names one person for good: handles may change owners' minds, ids do not. */
public record UserId(UUID value) {}
