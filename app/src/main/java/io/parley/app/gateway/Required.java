package io.parley.app.gateway;

import io.parley.api.Limits;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.log.LogReader;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** JSON may leave out what a record promises, and say what nobody knows. */
public final class Required {
    private Required() {}

    /** Errors: {@code InvalidInput} if there is none. */
    public static <T> T field(@Nullable T value) {
        if (value == null) {
            throw new InvalidInput(ErrorCode.REQUEST_MALFORMED);
        }
        return value;
    }

    /** The constant that the contract writes like this. */
    static <E extends Enum<E>> E word(Class<E> type, @Nullable String word) {
        String given = field(word);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> Views.word(constant).equals(given))
                .findFirst()
                .orElseThrow(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
    }

    /** An offset up to which somebody holds everything. */
    public static long offset(long after) {
        if (after < 0 || after == LogReader.HEAD) {
            throw new InvalidInput(ErrorCode.PAGE_INVALID);
        }
        return after;
    }

    /** How many entries a page of a list may have. */
    static int limit(@Nullable Integer limit) {
        int wanted = limit == null ? Limits.DEFAULT_PAGE : limit;
        if (wanted < 1 || wanted > Limits.MAX_PAGE) {
            throw new InvalidInput(ErrorCode.PAGE_INVALID);
        }
        return wanted;
    }
}
