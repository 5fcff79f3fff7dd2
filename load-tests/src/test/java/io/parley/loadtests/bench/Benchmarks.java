package io.parley.loadtests.bench;

import io.parley.embedded.EmbeddedServers;
import io.parley.loadtests.bench.measure.DurableRate;
import io.parley.loadtests.bench.measure.FanOut;
import io.parley.loadtests.bench.measure.IdleHeap;
import io.parley.loadtests.bench.measure.Latency;
import io.parley.loadtests.bench.measure.Reconnects;
import io.parley.loadtests.bench.measure.StoppedReaders;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures one node, as {@link Plan} says, and leaves {@code target/bench/results.md} and {@code .json}. Ends with 0 if
 * everything was measured, whatever the figures are, and with 1 if something was not.
 */
public final class Benchmarks {
    private static final Path FOLDER = Path.of("target", "bench");

    private Benchmarks() {}

    public static void main(String[] arguments) throws SQLException {
        Plan plan = Plan.of(System.getProperties());
        if (!all().keySet().containsAll(plan.only())) {
            throw new IllegalArgumentException("parley.bench.only names of " + all().keySet() + ", not " + plan.only());
        }
        SystemLimits.against(plan.mostConnections()).ifPresent(why -> {
            System.err.println(why);
            System.exit(1);
        });
        Results results = new Results(FOLDER, plan);
        boolean whole;
        try (EmbeddedServers servers = EmbeddedServers.attach();
                Stage stage = Stage.open(plan, servers)) {
            whole = measure(stage, results);
        }
        System.out.print(results.markdown());
        System.exit(whole ? 0 : 1);
    }

    private static boolean measure(Stage stage, Results results) throws SQLException {
        boolean whole = true;
        for (Map.Entry<String, Benchmark> each : all().entrySet()) {
            if (stage.plan().wants(each.getKey())) {
                whole &= measured(each.getKey(), each.getValue(), stage, results);
            }
        }
        return whole;
    }

    private static boolean measured(String name, Benchmark benchmark, Stage stage, Results results)
            throws SQLException {
        System.out.println(LocalTime.now().truncatedTo(ChronoUnit.SECONDS) + " " + name);
        try {
            List<Row> rows = benchmark.run(stage);
            rows.forEach(row -> System.out.println(results.line(row)));
            results.add(rows);
            return true;
        } catch (RuntimeException notMeasured) {
            System.out.println(name + " was not measured:");
            notMeasured.printStackTrace(System.out);
            return false;
        }
    }

    static Map<String, Benchmark> all() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        all.put("fan-out", new FanOut());
        all.put("idle-heap", new IdleHeap());
        all.put("durable", new DurableRate());
        all.put("latency", new Latency());
        all.put("reconnects", new Reconnects());
        all.put("stopped-readers", new StoppedReaders());
        return all;
    }
}
