package io.parley.loadtests.bench.measure;

import io.netty.buffer.ByteBuf;
import io.parley.loadtests.bench.Benchmark;
import io.parley.loadtests.bench.Row;
import io.parley.loadtests.bench.Row.Target;
import io.parley.loadtests.bench.Series;
import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.seed.Group;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.Kind;
import io.parley.loadtests.bench.wire.LiveClient;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Messages a second through the whole path: in over WebSockets, stored, through Kafka, and heard by both of those in the
 * conversation. Everybody says the next thing when the last one is acknowledged. From the first word to the last that is
 * heard.
 */
public final class DurableRate implements Benchmark {
    static final String TEXT = "a message as people write them, neither long nor short, and then some";

    private static final int EACH = 20;
    private static final int MEMBERS = 2;
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(120);

    @Override
    public List<Row> run(Stage stage) throws SQLException {
        int pairs = Math.max(2, stage.plan().messages() / EACH / MEMBERS);
        Appending control = new Appending(stage, stage.seed().groups(pairs, MEMBERS));
        Talk talk = Talk.open(stage, stage.seed().groups(pairs, MEMBERS));
        List<Double> server = new ArrayList<>();
        List<Double> direct = new ArrayList<>();
        control.rate(stage.plan().messages());
        WarmUp.with(stage, talk::rate);
        for (int i = 0; i < stage.plan().repeats(); i++) {
            direct.add(control.rate(stage.plan().messages()));
            server.add(talk.rate());
        }
        talk.close();
        return List.of(Row.of("durable messages a second", "/s", new Series(server))
                .against(new Series(direct))
                .toReach(Target.ratioAtLeast(0.5)));
    }

    /** All pairs at once. */
    private static final class Talk implements Hearer {
        private final Map<LiveClient, Talker> talkers = new ConcurrentHashMap<>();
        private final Tally tally = Tally.ofChanges(this);
        private Turns turns;

        static Talk open(Stage stage, List<Group> groups) {
            Talk talk = new Talk();
            for (Group group : groups) {
                for (LiveClient client : stage.wire().connect(stage.node(), group.access(), talk.tally)) {
                    talk.talkers.put(client, new Talker(client, group.conversation()));
                }
            }
            talk.turns = new Turns(talk.talkers.size());
            return talk;
        }

        double rate() {
            turns.await(EACH);
            turns.spent(EACH);
            long messages = (long) EACH * talkers.size();
            long total = tally.changes() + messages * MEMBERS;
            long began = System.nanoTime();
            talkers.values().forEach(Talker::begin);
            tally.await(total, HEARD_WITHIN);
            return messages / ((System.nanoTime() - began) / 1e9);
        }

        @Override
        public void heard(LiveClient client, Kind kind, ByteBuf buffer, int index, int length) {
            if (kind == Kind.ACK) {
                talkers.get(client).next();
            }
        }

        void close() {
            talkers.keySet().forEach(LiveClient::cut);
        }
    }

    /** Confined to the client's loop, but for the beginning, when nothing is under way. */
    private static final class Talker {
        private final LiveClient client;
        private final UUID conversation;
        private volatile int left;

        Talker(LiveClient client, UUID conversation) {
            this.client = client;
            this.conversation = conversation;
        }

        void begin() {
            left = EACH;
            next();
        }

        @SuppressWarnings("NonAtomicOperationOnVolatileField") // one after the other
        void next() {
            if (left > 0) {
                left--;
                client.send(conversation, new UUID(System.nanoTime(), left), TEXT);
            }
        }
    }
}
