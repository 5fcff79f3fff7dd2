package io.parley.domain.live;

import io.parley.domain.log.LogId;
import java.util.Map;

/**
 * Where a client says it stands.
 *
 * @param known whether the offsets are of this life of the store: those of another one mean nothing
 * @param offsets for each log the offset up to which the client holds everything
 */
public record Resume(boolean known, Map<LogId, Long> offsets) {
    /** Who is further behind holds too little for the rest to be worth it. */
    public static final long MAX_CHANGES = 1_000;

    boolean isWithin(long offset, long head) {
        return known && offset >= 0 && offset <= head && head - offset <= MAX_CHANGES;
    }
}
