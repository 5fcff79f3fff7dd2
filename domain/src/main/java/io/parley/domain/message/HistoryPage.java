package io.parley.domain.message;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;

/**
 * Which part of the history is asked for.
 *
 * @param anchor on which side of {@code seq}
 * @param seq at least 1
 * @param limit at most so many, from 1 to {@value #MAX_LIMIT}
 */
public record HistoryPage(Anchor anchor, long seq, int limit) {
    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    /** The page that ends with the newest message. */
    public static final long NEWEST = Long.MAX_VALUE;

    public HistoryPage {
        if (seq < 1 || limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidInput(ErrorCode.PAGE_INVALID);
        }
    }

    /** Where the page lies: below the seq, above it, or half on each side with the seq itself. */
    public enum Anchor {
        BEFORE,
        AFTER,
        AROUND
    }
}
