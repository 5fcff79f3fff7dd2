package io.parley.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Bounded polling: every wait in this package goes through here. */
final class Wait {
    private static final long PAUSE_MILLIS = 20;

    private Wait() {}

    /** Whether the condition came true in time. */
    static boolean until(Duration within, BooleanSupplier condition) {
        return forValue(within, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty())
                .isPresent();
    }

    /** The first value that the source has, or none in time. */
    static <T> Optional<T> forValue(Duration within, Supplier<Optional<T>> source) {
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            Optional<T> value = source.get();
            if (value.isPresent() || System.nanoTime() >= deadline) {
                return value;
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServersException("Interrupted while waiting for the embedded servers", interrupted);
        }
    }
}
