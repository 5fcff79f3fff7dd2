package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import org.jspecify.annotations.Nullable;

/**
 * A change on its way to the followers on one loop: its frame is made for the first who takes it, and shared by all of
 * them.
 */
final class Delivery {
    private final EncodedChange change;
    private final LiveFrames frames;
    private @Nullable Frame frame;

    Delivery(EncodedChange change, LiveFrames frames) {
        this.change = change;
        this.frames = frames;
    }

    EncodedChange change() {
        return change;
    }

    /** With a reference for the caller. */
    Frame frame() {
        Frame made = frame;
        if (made == null) {
            made = frames.of(change.wire());
            frame = made;
        }
        return made.retain();
    }

    /** Everybody has it who takes it. */
    void over() {
        if (frame != null) {
            frame.release();
        }
    }
}
