package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.LogId;
import io.parley.domain.presence.Presence;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Frames that a test can read, and count: who takes a reference releases it, once. */
final class TextFrames implements LiveFrames {
    private final Set<Text> held = new HashSet<>();

    /** Thrown instead of telling a gap. */
    @Nullable
    RuntimeException faulty;

    int made;

    /** What a client reads, which is done with the frame. */
    static byte[] taken(Frame frame) {
        byte[] text = ((Text) frame).bytes;
        frame.release();
        return text;
    }

    void areAllReleased() {
        assertThat(held).as("frames that nobody released").isEmpty();
    }

    @Override
    public Frame of(byte[] wire) {
        made++;
        return new Text(wire);
    }

    @Override
    public byte[] skip(LogId log, long offset) {
        return ("skip " + log + " " + offset).getBytes(UTF_8);
    }

    @Override
    public byte[] catchUp(LogId log, long from, long to) {
        return ("catchUp " + log + " " + from + " " + to).getBytes(UTF_8);
    }

    @Override
    public byte[] caughtUp(LogId log, long offset) {
        return ("caughtUp " + log + " " + offset).getBytes(UTF_8);
    }

    @Override
    public byte[] gap(LogId log, long to) {
        if (faulty != null) {
            throw faulty;
        }
        return ("gap " + log + " " + to).getBytes(UTF_8);
    }

    @Override
    public byte[] typing(Typing typing) {
        return ("typing " + typing.conversation().value() + " 0").getBytes(UTF_8);
    }

    @Override
    public byte[] receipt(Receipt receipt, boolean own) {
        return ("receipt " + receipt.conversation().value() + " " + receipt.readSeq() + (own ? " own" : ""))
                .getBytes(UTF_8);
    }

    @Override
    public byte[] presence(UserId user, Presence presence) {
        return ("presence " + user.value() + " " + presence).getBytes(UTF_8);
    }

    private final class Text implements Frame {
        private final byte[] bytes;
        private int references = 1;

        Text(byte[] bytes) {
            this.bytes = bytes;
            held.add(this);
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public Frame retain() {
            assertThat(references).as("references before one more").isPositive();
            references++;
            return this;
        }

        @Override
        public void release() {
            references--;
            assertThat(references).as("references").isNotNegative();
            if (references == 0) {
                held.remove(this);
            }
        }
    }
}
