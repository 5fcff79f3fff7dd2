package io.parley.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.loadtests.ForkedJvm;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What {@code mvn verify -Pbench} runs: see docs/performance.md. The figures may be what they are. */
class BenchmarkRun {
    private static final Duration ENDS_WITHIN = Duration.ofHours(2);

    @Test
    void everythingIsMeasured() {
        try (ForkedJvm run = BenchmarkProcess.start()) {
            assertThat(run.awaitExit(ENDS_WITHIN)).as(run.output()).isZero();
        }
    }
}
