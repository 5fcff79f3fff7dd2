package io.parley.domain.message;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;

/**
 * Which part of the history is asked for.
 *
 * @param before only messages with a lower offset, at least 1
 * @param limit at most so many, from 1 to {@value #MAX_LIMIT}
 */
public record HistoryPage(long before, int limit) {
    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    /** Anchor of the page that ends with the newest message. */
    public static final long NEWEST = Long.MAX_VALUE;

    public HistoryPage {
        if (before < 1 || limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidInput(ErrorCode.PAGE_INVALID);
        }
    }
}
