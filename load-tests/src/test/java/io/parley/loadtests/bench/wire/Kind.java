package io.parley.loadtests.bench.wire;

import io.netty.buffer.ByteBuf;

/** What a frame of the server is, as far as that matters here; told by two letters of its type. */
public enum Kind {
    READY,
    CHANGE,
    CATCH_UP,
    CAUGHT_UP,
    ACK,
    ERROR,
    OTHER;

    /** {@code {"type":"} and one. */
    private static final int FIRST_LETTER = 9;

    static Kind of(ByteBuf frame, int index, int length) {
        if (length < FIRST_LETTER + 4) {
            return OTHER;
        }
        byte first = frame.getByte(index + FIRST_LETTER);
        byte second = frame.getByte(index + FIRST_LETTER + 1);
        byte third = frame.getByte(index + FIRST_LETTER + 2);
        return switch (first) {
            case 'c' -> second == 'h' ? CHANGE : third == 't' ? CATCH_UP : CAUGHT_UP;
            case 'a' -> ACK;
            case 'e' -> ERROR;
            case 'r' -> third == 'a' ? READY : OTHER;
            default -> OTHER;
        };
    }
}
