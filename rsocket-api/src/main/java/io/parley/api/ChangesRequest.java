package io.parley.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Asks for everything that changed in one log since an offset.
 *
 * @param logId a conversation's id, or one's own user id
 * @param epoch of the store that {@code after} was said by; absent: of this one
 * @param after only later changes; 0 for all
 * @param follow whether to go on with what happens then; who is more than {@value Limits#RESUME_CHANGES} changes behind
 *     begins with a gap. Absent: no
 */
public record ChangesRequest(
        UUID logId,
        @Nullable UUID epoch,
        long after,
        @Nullable Boolean follow) {
    public ChangesRequest(UUID logId, @Nullable UUID epoch, long after) {
        this(logId, epoch, after, null);
    }
}
