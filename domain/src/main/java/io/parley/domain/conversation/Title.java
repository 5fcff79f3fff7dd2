package io.parley.domain.conversation;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.text.Normalizer;

/**
 * What a group or channel is called: NFC, stripped, 1 to {@value #MAX_LENGTH} code points, on one line, well-formed
 * Unicode without control characters and without marks that turn the direction of what stands beside it.
 */
public record Title(String text) {
    public static final int MAX_LENGTH = 100;

    public Title {
        text = Normalizer.normalize(text, Normalizer.Form.NFC).strip();
        if (text.isEmpty()
                || text.codePointCount(0, text.length()) > MAX_LENGTH
                || !text.codePoints().allMatch(Title::allowed)) {
            throw new InvalidInput(ErrorCode.TITLE_INVALID);
        }
    }

    private static boolean allowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                false;
            default -> !turnsDirection(codePoint);
        };
    }

    /** Embeddings, overrides and isolates, Unicode Standard Annex 9. */
    private static boolean turnsDirection(int codePoint) {
        return (codePoint >= 0x202A && codePoint <= 0x202E) || (codePoint >= 0x2066 && codePoint <= 0x2069);
    }
}
