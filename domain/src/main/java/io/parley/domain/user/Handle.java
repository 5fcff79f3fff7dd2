package io.parley.domain.user;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name by which a person signs in and is found: {@value #MIN_LENGTH} to {@value #MAX_LENGTH} of {@code A-Z a-z 0-9 _
 * . -}, a letter first. It keeps the case it was written in, but there is only one account for each {@link #key()}.
 */
public record Handle(String text) {
    public static final int MIN_LENGTH = 3;
    public static final int MAX_LENGTH = 32;

    private static final Pattern FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{2,31}");

    public Handle {
        if (!FORM.matcher(text).matches()) {
            throw new InvalidInput(ErrorCode.HANDLE_INVALID);
        }
    }

    /** The same for all ways to write it: what accounts are told apart by. */
    public String key() {
        return text.toLowerCase(Locale.ROOT);
    }
}
