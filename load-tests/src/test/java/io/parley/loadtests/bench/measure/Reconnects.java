package io.parley.loadtests.bench.measure;

import io.parley.api.ServerFrame;
import io.parley.loadtests.bench.Benchmark;
import io.parley.loadtests.bench.Row;
import io.parley.loadtests.bench.Row.Target;
import io.parley.loadtests.bench.Series;
import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.process.ControlProcess;
import io.parley.loadtests.bench.seed.Group;
import io.parley.loadtests.bench.seed.Group.Member;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.LiveClient;
import io.parley.loadtests.bench.wire.LiveClient.Access;
import java.net.InetSocketAddress;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Connections a second, of people whose line has just been cut and who come back with the offsets that they hold: until
 * they are ready, sixteen at once. The control is the upgrade alone.
 */
public final class Reconnects implements Benchmark {
    private static final int AT_ONCE = 16;
    private static final int MEMBERS = 10;
    private static final int GROUPS = 20;
    private static final int READY_WITHIN_SECONDS = 30;

    @Override
    public List<Row> run(Stage stage) throws SQLException {
        List<Access> people = returning(stage, stage.seed().groups(GROUPS, MEMBERS));
        List<Access> nobody = List.of(new Access("", null));
        int count = stage.plan().reconnects();
        List<Double> server = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        try (ControlProcess control = stage.control("netty")) {
            WarmUp.with(stage, () -> {
                rate(stage, control.address(), nobody, count);
                rate(stage, stage.node(), people, count);
            });
            for (int i = 0; i < stage.plan().repeats(); i++) {
                bare.add(rate(stage, control.address(), nobody, count));
                server.add(rate(stage, stage.node(), people, count));
            }
        }
        return List.of(Row.of("reconnects a second with resume", "/s", new Series(server))
                .against(new Series(bare))
                .toReach(Target.ratioAtLeast(0.5)));
    }

    /** Each of them as of a first connection. */
    private static List<Access> returning(Stage stage, List<Group> groups) {
        List<Access> all = new ArrayList<>();
        for (Group group : groups) {
            for (Member member : group.members()) {
                Access first = new Access(member.token(), Access.NOTHING);
                LiveClient client = stage.wire()
                        .connect(stage.node(), List.of(first), Hearer.NONE)
                        .get(0);
                all.add(new Access(member.token(), resume(client.ready().join(), group.conversation())));
                client.cut();
            }
        }
        return all;
    }

    private static String resume(String frame, UUID conversation) {
        ServerFrame.Ready ready = (ServerFrame.Ready) JsonMapper.shared().readValue(frame, ServerFrame.class);
        return "{\"type\":\"resume\",\"epoch\":\"" + ready.epoch() + "\",\"offsets\":{\"" + conversation + "\":"
                + ready.conversations().get(0).position() + "},\"last\":true}";
    }

    private static double rate(Stage stage, InetSocketAddress server, List<Access> people, int count) {
        Semaphore turns = new Semaphore(AT_ONCE);
        AtomicReference<Throwable> failed = new AtomicReference<>();
        long began = System.nanoTime();
        for (int i = 0; i < count; i++) {
            take(turns, 1);
            LiveClient client = stage.wire().open(server, people.get(i % people.size()), Hearer.NONE, 0);
            client.ready().whenComplete((ready, failure) -> {
                failed.compareAndSet(null, failure);
                client.cut();
                turns.release();
            });
        }
        take(turns, AT_ONCE);
        if (failed.get() != null) {
            throw new IllegalStateException("somebody did not come back", failed.get());
        }
        return count / ((System.nanoTime() - began) / 1e9);
    }

    private static void take(Semaphore turns, int count) {
        try {
            if (!turns.tryAcquire(count, READY_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("somebody is not ready in " + READY_WITHIN_SECONDS + " s");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
