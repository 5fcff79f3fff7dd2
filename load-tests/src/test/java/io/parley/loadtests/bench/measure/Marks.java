package io.parley.loadtests.bench.measure;

import io.netty.buffer.ByteBuf;

/** When a message was to be said: the first half of its client message id, which comes back with the change. */
final class Marks {
    private static final byte[] BEFORE = {'g', 'e', 'I', 'd', '"', ':', '"'};
    private static final int DIGITS = 16;

    private Marks() {}

    /** Value: the mark; -1 if there is none. */
    static long read(ByteBuf frame, int index, int length) {
        int last = index + length - BEFORE.length - DIGITS - 2;
        for (int at = index; at < last; at++) {
            if (frame.getByte(at) == BEFORE[0] && isThere(frame, at)) {
                return hex(frame, at + BEFORE.length);
            }
        }
        return -1;
    }

    private static boolean isThere(ByteBuf frame, int at) {
        for (int i = 1; i < BEFORE.length; i++) {
            if (frame.getByte(at + i) != BEFORE[i]) {
                return false;
            }
        }
        return true;
    }

    private static long hex(ByteBuf frame, int from) {
        long value = 0;
        int digits = 0;
        for (int at = from; digits < DIGITS; at++) {
            int digit = Character.digit(frame.getByte(at), 16);
            if (digit >= 0) {
                value = value << 4 | digit;
                digits++;
            }
        }
        return value;
    }
}
