package io.parley.domain.user;

import java.time.Instant;

/**
 * A person as everybody may see them.
 *
 * @param createdAt with microseconds
 */
public record User(UserId id, Handle handle, DisplayName displayName, Instant createdAt) {}
