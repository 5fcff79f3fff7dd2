package io.parley.loadtests.check.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.loadtests.check.faults.Run.Settling;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.workload.Workload;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * The same as {@link CheckerSmokeIT} for as many minutes as {@code -Dparley.check.minutes} says, with all faults in an order
 * that the seed decides.
 */
@Isolated("stops the servers that all others use")
@EnabledIfSystemProperty(named = "parley.check.minutes", matches = "[0-9]+")
class CheckerLongIT {
    private static final Settling SETTLING = new Settling(Duration.ofMinutes(3), true);
    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final int MORE_SECONDS = 8;

    @Test
    void whateverFailsForHoweverLongThePromiseHolds() {
        long seed = Long.getLong("parley.check.seed", System.currentTimeMillis());
        Duration time = Duration.ofMinutes(Long.getLong("parley.check.minutes", 20));
        System.out.println("-Dparley.check.minutes=" + time.toMinutes() + " -Dparley.check.seed=" + seed);
        try (Cluster cluster = new Cluster(List.of("one", "two", "three"))) {
            Run run = new Run(cluster, "long", seed, SETTLING);
            Report report = run.of(new Workload.Size(6, 800), (history, random) -> {
                long end = System.nanoTime() + time.toNanos();
                Deque<Fault> next = new ArrayDeque<>();
                while (System.nanoTime() < end) {
                    if (next.isEmpty()) {
                        next.addAll(shuffled(random));
                    }
                    Fault.pass(BETWEEN);
                    Duration length = LEAST.plusSeconds(random.nextInt(MORE_SECONDS));
                    run.inflict(history, next.remove(), random, length);
                }
            });
            System.out.println(report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.operations(Outcome.OK)).isGreaterThan(500);
            assertThat(report.operations(Outcome.UNKNOWN)).isPositive();
        }
    }

    private static List<Fault> shuffled(Random random) {
        List<Fault> all = new ArrayList<>(List.of(Fault.values()));
        Collections.shuffle(all, random);
        return all;
    }
}
