package io.parley.domain.user;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.text.Normalizer;

/**
 * What others see of a person's name: stripped, in normal form C, 1 to {@value #MAX_LENGTH} code points, and nothing
 * that would break the line it stands in: no control characters, no halves of surrogate pairs, no overrides of the
 * writing direction.
 */
public record DisplayName(String text) {
    public static final int MAX_LENGTH = 64;

    public DisplayName {
        // Before normalising: what is too long then is too long anyway, and normalising costs time.
        if (text.length() > 4 * MAX_LENGTH || !text.codePoints().allMatch(DisplayName::allowed)) {
            throw new InvalidInput(ErrorCode.DISPLAY_NAME_INVALID);
        }
        text = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        if (text.isEmpty() || text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw new InvalidInput(ErrorCode.DISPLAY_NAME_INVALID);
        }
    }

    private static boolean allowed(int codePoint) {
        int type = Character.getType(codePoint);
        boolean turnsDirection =
                (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
        boolean breaksLine = type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
        return type != Character.CONTROL && type != Character.SURROGATE && !breaksLine && !turnsDirection;
    }
}
