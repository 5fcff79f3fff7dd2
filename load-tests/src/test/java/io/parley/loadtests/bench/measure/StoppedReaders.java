package io.parley.loadtests.bench.measure;

import io.netty.buffer.ByteBuf;
import io.parley.loadtests.bench.Benchmark;
import io.parley.loadtests.bench.Row;
import io.parley.loadtests.bench.Row.Target;
import io.parley.loadtests.bench.Series;
import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.process.Pause;
import io.parley.loadtests.bench.seed.Group;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.Kind;
import io.parley.loadtests.bench.wire.LiveClient;
import io.parley.loadtests.bench.wire.LiveClient.Access;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What readers who stop reading cost: what is held for each, and how much later the others in the conversation hear. They
 * stop, are filled until the server only keeps their place, and then the others are measured; the same without them, in turn.
 */
public final class StoppedReaders implements Benchmark {
    private static final int READERS = 100;
    private static final int RATE = 20;
    private static final Duration WHILE = Duration.ofSeconds(1);
    private static final int RECEIVE_BUFFER = 8 * 1024;

    private static final Duration READ_WITHIN = Duration.ofSeconds(20);

    /** What docs/live-protocol.md promises to hold at most. */
    private static final double MOST_KIB = 256;

    @Override
    public List<Row> run(Stage stage) throws SQLException {
        int readers = Math.min(READERS, 2 * stage.plan().stopped());
        Group group = stage.seed().groups(1, readers + stage.plan().stopped()).get(0);
        Group reading = new Group(group.conversation(), group.members().subList(0, readers));
        List<Access> stopping = group.access().subList(readers, group.members().size());
        OpenLoop loop = new OpenLoop();
        Found found = new Found();
        try (Room room = Room.open(stage, reading, loop)) {
            WarmUp.with(stage, () -> loop.run(room, RATE, WHILE));
            for (int i = 0; i < stage.plan().repeats(); i++) {
                found.without.add(
                        OpenLoop.millis(loop.run(room, RATE, stage.plan().step()), 99));
                withStopped(stage, room, loop, stopping, new Editor(stage, group, i), found);
            }
        }
        return found.rows(stage.plan().stopped());
    }

    private static void withStopped(
            Stage stage, Room room, OpenLoop loop, List<Access> stopping, Editor editor, Found found) {
        Waiting waiting = new Waiting();
        List<LiveClient> stopped = stage.wire().connect(stage.node(), stopping, waiting, RECEIVE_BUFFER);
        double before = stage.jvm().liveHeap();
        stopped.forEach(LiveClient::stopReading);
        editor.fill();
        room.settle();
        found.heap.add((stage.jvm().liveHeap() - before) / stopped.size() / 1024);
        found.with.add(OpenLoop.millis(loop.run(room, RATE, stage.plan().step()), 99));
        stopped.forEach(LiveClient::readOn);
        found.held.add(waiting.await(stopped.size()) / (double) stopped.size() / 1024);
        stopped.forEach(LiveClient::cut);
        editor.close();
        Pause.of(Duration.ofSeconds(1));
    }

    private static final class Found {
        private final List<Double> without = new ArrayList<>();
        private final List<Double> with = new ArrayList<>();
        private final List<Double> heap = new ArrayList<>();
        private final List<Double> held = new ArrayList<>();

        List<Row> rows(int stopped) {
            return List.of(
                    Row.of(
                                    "p99 of others beside " + stopped + " stopped readers; control: without them",
                                    "ms",
                                    new Series(with))
                            .against(new Series(without))
                            .toReach(Target.ratioAtMost(2)),
                    Row.of("held for a stopped reader, both kernels' buffers included", "KiB", new Series(held))
                            .toReach(Target.atMost(MOST_KIB)),
                    Row.of("live heap more for a stopped reader", "KiB", new Series(heap)));
        }
    }

    /** Counts what had waited for those who read again: everything before they are told to catch up. */
    private static final class Waiting implements Hearer {
        private final Set<LiveClient> behind = ConcurrentHashMap.newKeySet();
        private final LongAdder bytes = new LongAdder();

        @Override
        public void heard(LiveClient client, Kind kind, ByteBuf buffer, int index, int length) {
            if (kind == Kind.CATCH_UP) {
                behind.add(client);
            } else if (kind == Kind.CHANGE && !behind.contains(client)) {
                bytes.add(length);
            }
        }

        /** Value: bytes of all, once so many have been told. */
        long await(int clients) {
            long deadline = System.nanoTime() + READ_WITHIN.toNanos();
            while (behind.size() < clients) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(behind.size() + " of " + clients + " were behind");
                }
                Pause.of(Duration.ofMillis(10));
            }
            return bytes.sum();
        }
    }
}
