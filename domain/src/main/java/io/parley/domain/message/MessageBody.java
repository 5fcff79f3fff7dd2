package io.parley.domain.message;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.util.regex.Pattern;

/**
 * What a message says: stripped of surrounding white space, lines end in LF, never blank, at most {@value #MAX_LENGTH}
 * code points, no control characters but tab and line feed, and well-formed Unicode without noncharacters. All else is
 * kept as it was written: docs/text.md.
 */
public record MessageBody(String text) {
    public static final int MAX_LENGTH = 4_000;

    private static final Pattern LINE_END = Pattern.compile("\r\n?");

    public MessageBody {
        text = LINE_END.matcher(text).replaceAll("\n").strip();
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
            default -> !isNoncharacter(codePoint);
        };
    }

    /** The 66 code points that are nobody's, Unicode Standard 23.7: unassigned ones may be assigned one day. */
    private static boolean isNoncharacter(int codePoint) {
        return (codePoint >= 0xFDD0 && codePoint <= 0xFDEF) || (codePoint & 0xFFFE) == 0xFFFE;
    }
}
