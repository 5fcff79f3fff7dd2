package io.parley.loadtests.bench.measure;

import io.parley.loadtests.bench.Stage;
import java.time.Duration;

/**
 * Load before anything is measured, for as long as the plan says and on until the node's compilers have little left to do.
 * They compile what was called often, not what has run for long: a node that was only warm by the clock has been seen to
 * spend more than half of its time on them.
 */
final class WarmUp {
    private static final Duration LOOK = Duration.ofSeconds(5);

    /** Of the time that has passed. */
    private static final double LITTLE = 0.05;

    private WarmUp() {}

    /** @param load a while of it, again and again */
    static void with(Stage stage, Runnable load) {
        long began = System.nanoTime();
        put(load, stage.plan().warmUp());
        while (System.nanoTime() - began < stage.plan().longestWarmUp().toNanos()) {
            long look = System.nanoTime();
            Duration compiled = stage.jvm().compiling();
            put(load, LOOK);
            double passed = System.nanoTime() - look;
            if (stage.jvm().compiling().minus(compiled).toNanos() < LITTLE * passed) {
                return;
            }
        }
    }

    private static void put(Runnable load, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        do {
            load.run();
        } while (System.nanoTime() < end);
    }
}
