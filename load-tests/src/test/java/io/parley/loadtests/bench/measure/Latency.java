package io.parley.loadtests.bench.measure;

import io.parley.loadtests.bench.Benchmark;
import io.parley.loadtests.bench.Row;
import io.parley.loadtests.bench.Row.Target;
import io.parley.loadtests.bench.Series;
import io.parley.loadtests.bench.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * From when a message was to be sent to when a member has it, in a conversation of a hundred, at parts of the knee: the
 * highest rate at which 99 % still arrive within 50 ms.
 */
public final class Latency implements Benchmark {
    static final int MEMBERS = 100;

    private static final double[] PARTS = {0.25, 0.5, 0.75, 0.9};
    private static final double KNEE_MILLIS = 50;
    private static final double SLOWEST = 25;
    private static final double WARMING = 100;
    private static final double STEP = 1.3;
    private static final Duration WHILE = Duration.ofSeconds(1);

    /** What a hundred users may say in all is 1,000 a second. */
    private static final double FASTEST = 900;

    @Override
    public List<Row> run(Stage stage) throws SQLException {
        OpenLoop loop = new OpenLoop();
        try (Room room = Room.open(stage, stage.seed().groups(1, MEMBERS).get(0), loop)) {
            WarmUp.with(stage, () -> loop.run(room, WARMING, WHILE));
            Duration step = stage.plan().step();
            double knee = knee(loop, room, step.dividedBy(2));
            List<Row> rows = new ArrayList<>();
            rows.add(Row.of("messages a second at the knee, 100 members", "/s", new Series(List.of(knee))));
            measure(loop, room, knee, step, stage.plan().repeats())
                    .forEach((part, all) -> rows.addAll(rows(part, all)));
            return rows;
        }
    }

    private static double knee(OpenLoop loop, Room room, Duration step) {
        double knee = SLOWEST;
        for (double rate = SLOWEST; rate <= FASTEST; rate *= STEP) {
            if (!isBelow(loop, room, rate, step)) {
                room.settle();
                return knee;
            }
            knee = rate;
        }
        return knee;
    }

    /** A node that refuses, or does not keep up, is beyond it. */
    private static boolean isBelow(OpenLoop loop, Room room, double rate, Duration step) {
        try {
            return OpenLoop.millis(loop.run(room, rate, step), 99) <= KNEE_MILLIS;
        } catch (IllegalStateException beyond) {
            return false;
        }
    }

    private static Map<Double, List<Histogram>> measure(
            OpenLoop loop, Room room, double knee, Duration step, int repeats) {
        Map<Double, List<Histogram>> all = new LinkedHashMap<>();
        for (int i = 0; i < repeats; i++) {
            for (double part : PARTS) {
                Histogram histogram = loop.run(room, part * knee, step);
                all.computeIfAbsent(part, first -> new ArrayList<>()).add(histogram);
            }
        }
        return all;
    }

    private static List<Row> rows(double part, List<Histogram> all) {
        String at = " send to delivered, 100 members, " + Math.round(100 * part) + " % of the knee";
        Row p99 = Row.of("p99" + at, "ms", series(all, 99));
        return List.of(
                Row.of("p50" + at, "ms", series(all, 50)),
                part == 0.5 ? p99.toReach(Target.atMost(5)) : p99,
                Row.of("p99.9" + at, "ms", series(all, 99.9)));
    }

    private static Series series(List<Histogram> all, double percentile) {
        return new Series(all.stream()
                .map(histogram -> OpenLoop.millis(histogram, percentile))
                .toList());
    }
}
