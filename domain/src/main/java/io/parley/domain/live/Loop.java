package io.parley.domain.live;

import java.time.Duration;

/** One thread that runs tasks one after the other: what is confined to it needs no locks. */
public interface Loop {

    /** Runs the task on the loop, after those that wait there already. Never blocks. */
    void execute(Runnable task);

    /** Runs the task on the loop once the delay has passed. */
    void later(Runnable task, Duration delay);

    /** Whether the caller runs on this loop. */
    boolean inLoop();
}
