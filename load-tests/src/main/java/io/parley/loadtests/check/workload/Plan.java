package io.parley.loadtests.check.workload;

import io.parley.loadtests.check.workload.Step.Kind;
import java.util.Random;
import java.util.UUID;

/** The steps of one device, one after the other; the same seed and device yield the same. */
final class Plan {
    private static final int WEIGHTS = weights();

    private final Random random;
    private final int talks;
    private final int doors;
    private final long meanPauseMillis;

    Plan(long seed, int device, int talks, int doors, long meanPauseMillis) {
        this.random = new Random(seed * 1_000_003L + device);
        this.talks = talks;
        this.doors = doors;
        this.meanPauseMillis = meanPauseMillis;
    }

    private static int weights() {
        int sum = 0;
        for (Kind kind : Kind.values()) {
            sum += kind.weight();
        }
        return sum;
    }

    /** Where it connects first. */
    int firstDoor() {
        return random.nextInt(doors);
    }

    Step next() {
        return new Step(
                kind(random.nextInt(WEIGHTS)),
                (long) (meanPauseMillis * 2 * random.nextDouble()),
                random.nextInt(talks),
                random.nextInt(Integer.MAX_VALUE),
                random.nextInt(doors),
                random.nextInt(4) == 0,
                key());
    }

    UUID key() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static Kind kind(int point) {
        int left = point;
        for (Kind kind : Kind.values()) {
            left -= kind.weight();
            if (left < 0) {
                return kind;
            }
        }
        throw new IllegalArgumentException("beyond all weights: " + point);
    }
}
