package io.parley.loadtests.check.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.loadtests.check.faults.Run.Settling;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.workload.Workload;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * People talk at three nodes while everything behind and between them fails once; then nothing of the promise is broken. The
 * seed is printed, and {@code -Dparley.check.seed} repeats it.
 */
@Isolated("stops the servers that all others use")
class CheckerSmokeIT {
    private static final List<Fault> FAULTS = List.of(
            Fault.CUT_AT_COMMIT,
            Fault.KILL_NODE,
            Fault.FLUSH_REDIS,
            Fault.KILL_KAFKA,
            Fault.SILENT_POSTGRES,
            Fault.KILL_POSTGRES,
            Fault.CUT_CLIENTS,
            Fault.TERMINATE_NODE);

    private static final Duration LENGTH = Duration.ofSeconds(4);
    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Duration WITHOUT = Duration.ofSeconds(20);
    private static final Settling SETTLING = new Settling(Duration.ofSeconds(45), true);

    @Test
    void whateverFailsThePromiseHolds() {
        long seed = Long.getLong("parley.check.seed", System.currentTimeMillis());
        System.out.println("-Dparley.check.seed=" + seed);
        List<Fault> faults = faults();
        try (Cluster cluster = new Cluster(List.of("one", "two", "three"))) {
            Run run = new Run(cluster, "smoke", seed, SETTLING);
            Report report = run.of(new Workload.Size(6, 300), (history, random) -> {
                for (Fault fault : faults) {
                    Fault.pass(BETWEEN);
                    run.inflict(history, fault, random, LENGTH);
                }
                Fault.pass(faults.isEmpty() ? WITHOUT : BETWEEN);
            });
            System.out.println(report);
            assertThat(report.violations()).isEmpty();
            assertThat(report.operations(Outcome.OK)).isGreaterThan(500);
            assertThat(report.operations(Outcome.UNKNOWN) > 0).isEqualTo(!faults.isEmpty());
            assertThat(report.faults().values().stream()
                            .mapToInt(Recovery::times)
                            .sum())
                    .isEqualTo(faults.size());
        }
    }

    /**
     * All of them, or those that {@code parley.check.faults} names, separated by commas, each as often as it says ({@code
     * KILL_NODE*50}): for a row of the matrix, or for who looks for the one at fault.
     */
    private static List<Fault> faults() {
        String names = System.getProperty("parley.check.faults");
        return names == null
                ? FAULTS
                : Stream.of(names.split(",", -1))
                        .filter(name -> !name.isEmpty())
                        .flatMap(CheckerSmokeIT::times)
                        .toList();
    }

    private static Stream<Fault> times(String named) {
        String[] parts = named.split("\\*", 2);
        return Stream.generate(() -> Fault.valueOf(parts[0])).limit(parts.length == 1 ? 1 : Long.parseLong(parts[1]));
    }
}
