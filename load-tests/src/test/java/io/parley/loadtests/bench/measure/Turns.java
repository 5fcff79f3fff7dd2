package io.parley.loadtests.bench.measure;

import io.parley.loadtests.bench.process.Pause;
import java.time.Duration;

/**
 * Whose turn it is to say something, so that nobody says more than a user may: the server's limits stay as they are. One
 * thread at a time.
 */
final class Turns {
    /** One message every so often, and some at once: a little less than docs/configuration.md allows. */
    private static final long EVERY_NANOS = Duration.ofMillis(105).toNanos();

    private static final long AT_ONCE = 45;

    private final long[] paid;
    private int next;

    Turns(int members) {
        paid = new long[members];
    }

    /** The next one, as soon as that one may. */
    int take() {
        int turn = next;
        next = (next + 1) % paid.length;
        Pause.until(paid[turn] - AT_ONCE * EVERY_NANOS);
        paid[turn] = Math.max(paid[turn], System.nanoTime()) + EVERY_NANOS;
        return turn;
    }

    /** Returns when everybody may say so much at once. */
    void await(int each) {
        for (long until : paid) {
            Pause.until(until - (AT_ONCE - each) * EVERY_NANOS);
        }
    }

    /** Everybody has said so much, without asking. */
    void spent(int each) {
        for (int i = 0; i < paid.length; i++) {
            paid[i] = Math.max(paid[i], System.nanoTime()) + each * EVERY_NANOS;
        }
    }
}
