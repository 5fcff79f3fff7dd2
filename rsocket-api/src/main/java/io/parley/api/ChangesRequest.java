package io.parley.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for everything that changed in one log since an offset.
 *
 * @param logId a conversation's id, or one's own user id
 * @param epoch of the store that {@code after} was said by; absent: of this one
 * @param after only later changes; 0 for all
 */
public record ChangesRequest(UUID logId, @Nullable UUID epoch, long after) {}
