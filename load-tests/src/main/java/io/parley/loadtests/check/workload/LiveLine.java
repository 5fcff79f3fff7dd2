package io.parley.loadtests.check.workload;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;

/** One live connection, on whatever transport. */
interface LiveLine {
    /** Sends a frame, after all that were sent before; never blocks, never fails: a broken line tells its listener. */
    void say(ClientFrame frame);

    /** Takes nothing more for now, or goes on taking. */
    void pause(boolean paused);

    /** Ends it without a word, as a network does. */
    void cut();

    /** Hears what comes, in order, on one thread at a time that may be blocked. */
    interface Listener {
        void hear(ServerFrame frame);

        /** Once or more often, last of all. */
        void ended(String why);
    }
}
