package io.parley.app.gateway;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.util.UUID;

/**
 * Version 7 UUIDs, RFC 9562: a millisecond, then random bits. Each thread makes its own: the factory has a lock, on
 * which event loops would wait for each other. These ids are not secrets, so the random numbers need not be.
 */
public final class TimeOrderedIds {
    private static final ThreadLocal<TimeOrderedEpochFactory> FACTORY = ThreadLocal.withInitial(
            () -> TimeOrderedEpochFactory.builder().withFastRandom().build());

    private TimeOrderedIds() {}

    /** Never blocks. */
    public static UUID next() {
        return FACTORY.get().create();
    }
}
