package io.parley.loadtests.bench.measure;

import io.parley.loadtests.bench.Benchmark;
import io.parley.loadtests.bench.Row;
import io.parley.loadtests.bench.Row.Target;
import io.parley.loadtests.bench.Series;
import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.process.ControlProcess;
import io.parley.loadtests.bench.process.Jvm;
import io.parley.loadtests.bench.process.Pause;
import io.parley.loadtests.bench.seed.Group;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.LiveClient;
import io.parley.loadtests.bench.wire.LiveClient.Access;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The live heap that an idle connection costs: the slope over three numbers of them. Each is another user's, in one
 * conversation with nine others, and new to the server; the control is Reactor Netty's upgrade alone.
 */
public final class IdleHeap implements Benchmark {
    private static final int STEPS = 3;
    private static final int MEMBERS = 10;
    private static final Duration SETTLED = Duration.ofSeconds(2);

    @Override
    public List<Row> run(Stage stage) throws SQLException {
        int each = stage.plan().idle();
        List<Double> server = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        try (ControlProcess control = stage.control("reactor")) {
            // Once for nothing: classes and pools are there then.
            slope(stage, control.jvm(), control.address(), nobody(each), each / STEPS);
            slope(stage, stage.jvm(), stage.node(), somebody(stage, each), each / STEPS);
            for (int i = 0; i < stage.plan().repeats(); i++) {
                bare.add(slope(stage, control.jvm(), control.address(), nobody(STEPS * each), each));
                server.add(slope(stage, stage.jvm(), stage.node(), somebody(stage, STEPS * each), each));
            }
        }
        return List.of(Row.of("live heap per idle connection", "B", new Series(server))
                .against(new Series(bare))
                .toReach(Target.ratioAtMost(1.5)));
    }

    private static List<Access> nobody(int count) {
        return Collections.nCopies(count, new Access("", null));
    }

    private static List<Access> somebody(Stage stage, int count) throws SQLException {
        return stage.seed().groups((count + MEMBERS - 1) / MEMBERS, MEMBERS).stream()
                .map(Group::access)
                .flatMap(List::stream)
                .toList();
    }

    private static double slope(Stage stage, Jvm jvm, InetSocketAddress server, List<Access> all, int each) {
        List<LiveClient> open = new ArrayList<>();
        double[] heap = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            open.addAll(stage.wire().connect(server, all.subList(i * each, (i + 1) * each), Hearer.NONE));
            Pause.of(SETTLED);
            heap[i] = jvm.liveHeap();
        }
        open.forEach(LiveClient::cut);
        Pause.of(SETTLED);
        return leastSquares(heap) / each;
    }

    /** The slope of values at 0, 1, 2, … */
    static double leastSquares(double... values) {
        double middle = (values.length - 1) / 2.0;
        double products = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            products += (i - middle) * values[i];
            squares += (i - middle) * (i - middle);
        }
        return products / squares;
    }
}
