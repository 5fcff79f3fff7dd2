package io.parley.loadtests.bench.process;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waiting for nothing in particular, such as for a limit to be free again. */
public final class Pause {
    private Pause() {}

    public static void of(Duration time) {
        until(System.nanoTime() + time.toNanos());
    }

    /** @param nanos by the clock of {@link System#nanoTime} */
    public static void until(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
