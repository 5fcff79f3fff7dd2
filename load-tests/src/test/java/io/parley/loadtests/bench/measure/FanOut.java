package io.parley.loadtests.bench.measure;

import io.parley.loadtests.bench.Benchmark;
import io.parley.loadtests.bench.Row;
import io.parley.loadtests.bench.Row.Target;
import io.parley.loadtests.bench.Series;
import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.process.ControlProcess;
import io.parley.loadtests.bench.process.Jvm;
import io.parley.loadtests.bench.wire.LiveClient;
import io.parley.loadtests.bench.wire.LiveClient.Access;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What one delivery costs the server, in time of all its threads and in allocation of its event loops; the control writes
 * frames of the same length to as many sockets. The next burst begins when the last one has been heard by everybody.
 */
public final class FanOut implements Benchmark {
    private static final int[] AT_ONCE = {1, 4, 16};
    private static final Predicate<String> LOOPS =
            name -> name.startsWith("parley-epoll") || name.startsWith("parley-nio");
    private static final Predicate<String> CONTROL_LOOPS = name -> name.startsWith("multiThreadIoEventLoopGroup");

    @Override
    public List<Row> run(Stage stage) throws SQLException {
        List<Row> rows = new ArrayList<>();
        List<Integer> sizes = stage.plan().connections();
        for (int size : sizes) {
            rows.addAll(run(stage, size, size == Collections.max(sizes)));
        }
        return rows;
    }

    private static List<Row> run(Stage stage, int size, boolean largest) throws SQLException {
        try (Room room = Room.open(stage, stage.seed().groups(1, size).get(0));
                ControlProcess control = stage.control("netty");
                Bare bare = Bare.open(stage, control, size)) {
            WarmUp.with(stage, () -> both(room, bare, 4));
            List<Row> rows = new ArrayList<>();
            for (int frames : AT_ONCE) {
                rows.addAll(run(stage, room, bare, frames, largest));
            }
            return rows;
        }
    }

    private static void both(Room room, Bare bare, int frames) {
        server(room, frames);
        bare.frame(room.tally().frameLength());
        bare.burst(frames);
    }

    private static List<Row> run(Stage stage, Room room, Bare bare, int frames, boolean largest) {
        int bursts = Math.max(1, stage.plan().deliveries() / room.size() / frames);
        List<Cost> server = new ArrayList<>();
        List<Cost> control = new ArrayList<>();
        for (int i = 0; i < stage.plan().repeats(); i++) {
            // The control before and after: what the machine does meanwhile meets both.
            Cost before = cost(bare.jvm(), CONTROL_LOOPS, bare.tally(), bursts, () -> bare.burst(frames));
            server.add(cost(stage.jvm(), LOOPS, room.tally(), bursts, () -> server(room, frames)));
            Cost after = cost(bare.jvm(), CONTROL_LOOPS, bare.tally(), bursts, () -> bare.burst(frames));
            control.add(before.mean(after));
        }
        return rows(room.size(), frames, largest, server, control);
    }

    private static List<Row> rows(int size, int frames, boolean largest, List<Cost> server, List<Cost> control) {
        String what = " per delivery, " + size + " connections, bursts of " + frames;
        Row cpu = Row.of("CPU" + what, "µs", series(server, Cost::micros)).against(series(control, Cost::micros));
        Row bytes =
                Row.of("allocation" + what, "B", series(server, Cost::bytes)).against(series(control, Cost::bytes));
        Row together = Row.of(
                        "frames that came at once, " + size + " connections, bursts of " + frames,
                        "",
                        series(server, Cost::together))
                .against(series(control, Cost::together));
        boolean isTarget = largest && frames != 4;
        return List.of(
                isTarget ? cpu.toReach(Target.ratioAtMost(frames == 1 ? 1.3 : 2)) : cpu,
                largest && frames == 1 ? bytes.toReach(Target.atMost(48)) : bytes,
                together);
    }

    private static Series series(List<Cost> costs, ToDoubleFunction<Cost> figure) {
        return new Series(costs.stream().map(cost -> figure.applyAsDouble(cost)).toList());
    }

    private static void server(Room room, int frames) {
        room.burst(frames);
        room.awaitHeard();
    }

    private static Cost cost(Jvm jvm, Predicate<String> loops, Tally tally, int bursts, Runnable burst) {
        long bytes = jvm.allocatedBy(loops);
        long heard = tally.changes();
        long reads = tally.reads();
        Duration cpu = jvm.cpu();
        for (int i = 0; i < bursts; i++) {
            burst.run();
        }
        double micros = jvm.cpu().minus(cpu).toNanos() / 1_000.0;
        double deliveries = tally.changes() - heard;
        return new Cost(
                micros / deliveries,
                (jvm.allocatedBy(loops) - bytes) / deliveries,
                deliveries / (tally.reads() - reads));
    }

    /** @param together how many frames came with one read */
    private record Cost(double micros, double bytes, double together) {
        Cost mean(Cost other) {
            return new Cost((micros + other.micros) / 2, (bytes + other.bytes) / 2, (together + other.together) / 2);
        }
    }

    /** Those who are connected to the control. */
    private record Bare(ControlProcess control, List<LiveClient> clients, Tally tally) implements AutoCloseable {
        static Bare open(Stage stage, ControlProcess control, int size) {
            Tally tally = Tally.ofFrames();
            List<Access> all = Collections.nCopies(size, new Access("", null));
            return new Bare(control, stage.wire().connect(control.address(), all, tally), tally);
        }

        Jvm jvm() {
            return control.jvm();
        }

        void frame(int length) {
            control.frame(length);
        }

        void burst(int frames) {
            long total = tally.changes() + (long) frames * clients.size();
            control.burst(frames);
            tally.await(total, Room.HEARD_WITHIN);
        }

        @Override
        public void close() {
            clients.forEach(LiveClient::cut);
        }
    }
}
