package io.parley.domain.auth;

import java.time.Duration;

/**
 * How often one caller may do one kind of thing.
 *
 * @param name the kind; part of the key under which it is counted
 * @param burst so many at once, after a rest
 * @param interval and one more after each of these
 */
public record RateLimit(String name, int burst, Duration interval) {
    public RateLimit {
        if (burst < 1 || interval.toMillis() < 1) {
            throw new IllegalArgumentException("a limit needs a burst of at least 1 and an interval of at least 1 ms");
        }
    }
}
