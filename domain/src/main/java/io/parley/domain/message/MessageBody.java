package io.parley.domain.message;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;

/**
 * What a message says: stripped of surrounding white space, never blank, at most {@value #MAX_LENGTH} code points, no
 * control characters but tab and line feed, and well-formed Unicode, so that what is read is what was written.
 */
public record MessageBody(String text) {
    public static final int MAX_LENGTH = 4_000;

    public MessageBody {
        text = text.strip();
        if (text.isEmpty()) {
            throw new InvalidInput(ErrorCode.MESSAGE_EMPTY);
        }
        if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
            throw new InvalidInput(ErrorCode.MESSAGE_TOO_LONG);
        }
        if (!text.codePoints().allMatch(MessageBody::allowed)) {
            throw new InvalidInput(ErrorCode.MESSAGE_CHARACTER);
        }
    }

    private static boolean allowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL -> codePoint == '\n' || codePoint == '\t';
            case Character.SURROGATE -> false;
            default -> true;
        };
    }
}
