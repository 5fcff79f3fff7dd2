package io.parley.loadtests.check.checker;

import io.parley.api.ServerFrame;
import java.util.Map;
import java.util.UUID;

/** Looks on while what devices heard is replayed; called before a device takes the frame into what it holds. */
interface Watcher {
    /** A change or skip of a log that the device holds. */
    default void onNext(Heard heard, Holding holding, long offset) {}

    default void onCatchUp(Heard heard, Holding holding, ServerFrame.CatchUp frame) {}

    default void onCaughtUp(Heard heard, Holding holding, ServerFrame.CaughtUp frame) {}

    /** A frame of a log that the device does not hold. */
    default void onStray(Heard heard) {}

    /** That is what a device holds after everything; the line is its last. */
    default void onEnd(Line line, Map<UUID, Holding> logs) {}

    /** A frame, when and where it was heard. */
    record Heard(Line line, long at, ServerFrame frame) {
        @Override
        public String toString() {
            return line + " at " + at + " ns: " + frame;
        }
    }
}
