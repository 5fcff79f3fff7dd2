package io.parley.domain.message;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;

/**
 * Which part of the history is asked for.
 *
 * @param anchor on which side of {@code seq}
 * @param seq at least 1; after it: at least 0
 * @param limit at most so many, from 1 to {@value #MAX_LIMIT}, and {@value #MARGIN} more for whoever looks beyond
 */
public record HistoryPage(Anchor anchor, long seq, int limit) {
    public static final int MAX_LIMIT = 200;
    public static final int DEFAULT_LIMIT = 50;

    /** The page that ends with the newest message. */
    public static final long NEWEST = Long.MAX_VALUE;

    /** One message on each side tells whether there is more. */
    private static final int MARGIN = 2;

    public HistoryPage {
        if (seq < (anchor == Anchor.AFTER ? 0 : 1) || limit < 1 || limit > MAX_LIMIT + MARGIN) {
            throw new InvalidInput(ErrorCode.PAGE_INVALID);
        }
    }

    /** A page as clients may ask for it. Errors: {@code InvalidInput} PAGE_INVALID. */
    public static HistoryPage asked(Anchor anchor, long seq, int limit) {
        if (limit > MAX_LIMIT) {
            throw new InvalidInput(ErrorCode.PAGE_INVALID);
        }
        return new HistoryPage(anchor, seq, limit);
    }

    /** The same page and one message more on each side, as far as there are any. */
    HistoryPage wider() {
        return switch (anchor) {
            case BEFORE -> new HistoryPage(anchor, seq == NEWEST ? seq : seq + 1, limit + MARGIN);
            case AFTER -> new HistoryPage(anchor, Math.max(seq - 1, 0), limit + MARGIN);
            case AROUND -> new HistoryPage(anchor, seq, limit + MARGIN);
        };
    }

    /**
     * Where the page lies: below the seq, above it, or around it: half of the limit below, and the rest from the seq on,
     * however few there are on the other side.
     */
    public enum Anchor {
        BEFORE,
        AFTER,
        AROUND
    }
}
