package io.parley.loadtests.bench.measure;

import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.process.Pause;
import io.parley.loadtests.bench.seed.Group;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.LiveClient;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** A conversation all of whose members are connected and hear it; some of them talk in turn. */
final class Room implements AutoCloseable {
    static final Duration HEARD_WITHIN = Duration.ofSeconds(30);

    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final String TEXT = "a message as people write them, neither long nor short, and then some";

    private final UUID conversation;
    private final List<LiveClient> clients;
    private final Tally tally;
    private final Turns turns;
    private long said;
    private long expected;

    private Room(UUID conversation, List<LiveClient> clients, Tally tally) {
        this.conversation = conversation;
        this.clients = clients;
        this.tally = tally;
        this.turns = new Turns(clients.size());
    }

    static Room open(Stage stage, Group group) {
        return open(stage, group, Hearer.NONE);
    }

    static Room open(Stage stage, Group group, Hearer also) {
        Tally tally = Tally.ofChanges(also);
        return new Room(group.conversation(), stage.wire().connect(stage.node(), group.access(), tally), tally);
    }

    int size() {
        return clients.size();
    }

    Tally tally() {
        return tally;
    }

    /** Members say something at once, each of them one thing. */
    void burst(int messages) {
        for (int i = 0; i < messages; i++) {
            say(System.nanoTime(), TEXT);
        }
    }

    /** The next member says something. @param mark comes back in {@link Marks} */
    void say(long mark, String text) {
        clients.get(turns.take()).send(conversation, new UUID(mark, said), text);
        said++;
        expected += clients.size();
    }

    void say(long mark) {
        say(mark, TEXT);
    }

    /**
     * Returns when nothing more is heard, and counts from there: after what was not said here, or was refused, or was heard
     * only as it was in the end by who fell behind.
     */
    void settle() {
        long before;
        do {
            before = tally.changes();
            Pause.of(QUIET);
        } while (tally.changes() != before);
        tally.forgive();
        expected = before;
    }

    /** Returns when everybody has heard everything that was said here. */
    void awaitHeard() {
        tally.await(expected, HEARD_WITHIN);
    }

    @Override
    public void close() {
        clients.forEach(LiveClient::cut);
    }
}
