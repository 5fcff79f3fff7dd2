package io.parley.domain.personal;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is to become of some preferences, as RFC 7396 merges: a text is put, null removes, and all others stay. Names are of
 * {@code a-z 0-9 . _ -}, 1 to 64 characters; texts have at most {@value #MAX_LENGTH} code points of well-formed Unicode
 * without U+0000.
 */
public record PreferencesPatch(Map<String, @Nullable String> values) {
    public static final int MAX_LENGTH = 1_000;

    private static final Pattern NAME = Pattern.compile("[a-z0-9._-]{1,64}");

    public PreferencesPatch {
        values.forEach(PreferencesPatch::require);
    }

    private static void require(String name, @Nullable String value) {
        if (!NAME.matcher(name).matches() || (value != null && !isText(value))) {
            throw new InvalidInput(ErrorCode.PREFERENCES_INVALID);
        }
    }

    private static boolean isText(String value) {
        return value.codePointCount(0, value.length()) <= MAX_LENGTH
                && value.codePoints()
                        .allMatch(codePoint -> codePoint != 0 && Character.getType(codePoint) != Character.SURROGATE);
    }
}
