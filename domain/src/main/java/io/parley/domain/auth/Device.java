package io.parley.domain.auth;

/**
 * From where somebody signed in, in the client's words, so that people know their sessions apart. Never refused: what
 * does not fit on a line of {@value #MAX_LENGTH} code points is left out.
 */
public record Device(String text) {
    public static final int MAX_LENGTH = 64;

    public Device {
        text = text.codePoints()
                .filter(Device::allowed)
                .limit(MAX_LENGTH)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString()
                .strip();
    }

    private static boolean allowed(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
