package io.parley.loadtests.check.workload;

import java.util.UUID;

/**
 * What a device does next, as far as a seed can say: which of its messages or members that concerns depends on what there is.
 *
 * @param pauseMillis how long to wait before
 * @param talk the number of a conversation
 * @param choice picks one of whatever there is
 * @param door the number of the node to ask, where the device is free to choose
 * @param elsewhere whether to ask over another transport than its own line
 */
record Step(Kind kind, long pauseMillis, int talk, int choice, int door, boolean elsewhere, UUID key) {
    enum Kind {
        SEND(40),
        /** Several at once, without waiting for answers. */
        BURST(6),
        EDIT(14),
        DELETE(5),
        READ(8),
        RECEIVED(6),
        PAGE(9),
        /** Says once more what was acknowledged, at another node. */
        REPEAT(4),
        /** Breaks the line, and comes back at another node. */
        CUT(3),
        /** Takes nothing for a while. */
        PAUSE(1),
        /** Lets a member in, or out. */
        MEMBER(8),
        LEAVE(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }

        int weight() {
            return weight;
        }
    }
}
