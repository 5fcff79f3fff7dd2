package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * Whatever happens on the way (losses, repeats, another order, a store that does not answer, clients that take little or
 * are cut off), a client never sees a hole, and ends in the state of the log.
 */
@Tag("durable")
class LiveConnectionPropertyTest {
    private static final int STEPS = 600;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OneConversation node = new OneConversation();
    private final Disposable reading = node.holes.run().subscribe();
    private final List<EncodedChange> underway = new ArrayList<>();
    private final List<UUID> items = new ArrayList<>();
    private final SlowClient client = new SlowClient(node.stored.id.value(), 0);
    private SlowClient.Connection connection;

    static LongStream seeds() {
        return LongStream.range(0, 150).map(number -> number == 149 ? System.nanoTime() : number);
    }

    @AfterEach
    void stop() {
        reading.dispose();
        VirtualTimeScheduler.reset();
    }

    @ParameterizedTest(name = "seed {0}")
    @Tag("log-3")
    @Tag("catchup-12")
    @Tag("wire-next")
    @Tag("always-3")
    @MethodSource("seeds")
    void theClientEndsInTheStateOfTheLog(long seed) {
        Random random = new Random(seed);
        connect();

        for (int step = 0; step < STEPS; step++) {
            step(random);
            connection.holds();
        }
        settle();

        connection.holds();
        assertThat(client.offset()).isEqualTo(node.stored.head());
        // What went for good, went from the store alone: who holds it already may keep it.
        long from = Math.max(client.start(), node.stored.floor());
        assertThat(since(from, client.items())).isEqualTo(since(from, node.stored.items()));
        client.cut();
        run();
        node.frames.areAllReleased();
    }

    @Test
    @Tag("always-6")
    void aClientThatTakesNothingIsOnlyRemembered() {
        connect();
        client.request(1);
        run();
        for (int i = 0; i < 5_000; i++) {
            hear(node.stored.append());
        }
        assertThat(client.offset()).isZero();

        settle();

        assertThat(client.offset()).isEqualTo(5_000);
        assertThat(client.items()).isEqualTo(node.stored.items());
    }

    private static Map<UUID, Long> since(long start, Map<UUID, Long> state) {
        return state.entrySet().stream()
                .filter(item -> item.getValue() > start)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private void step(Random random) {
        int what = random.nextInt(100);
        if (what < 45) {
            append(random);
        } else if (what < 70) {
            arrive(random);
        } else if (what < 80) {
            client.request(1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 5));
        } else if (what < 90) {
            pass(Duration.ofMillis(random.nextInt(200)));
        } else if (what < 93) {
            node.hubs.onHeads(List.of(new LogHead(node.stored.id, node.stored.head())));
        } else if (what < 95) {
            node.stored.failing = random.nextInt(3);
        } else if (what < 97) {
            client.cut();
            run();
            connect();
        } else if (what == 97 && random.nextInt(5) == 0) {
            node.stored.raiseFloor(random.nextLong(node.stored.head() + 1));
        } else {
            run();
        }
    }

    private void append(Random random) {
        int burst = random.nextInt(20) == 0 ? 100 : 1;
        for (int i = 0; i < burst; i++) {
            boolean known = !items.isEmpty() && random.nextInt(3) == 0;
            UUID item = known ? items.get(random.nextInt(items.size())) : UUID.randomUUID();
            if (!known) {
                items.add(item);
            }
            EncodedChange change = node.stored.append(item);
            if (random.nextInt(10) > 0) {
                underway.add(change);
            }
            if (random.nextInt(4) > 0) {
                node.put(List.of(change));
            }
        }
    }

    /** Mostly the first, sometimes another, sometimes to come once more. */
    private void arrive(Random random) {
        for (int count = random.nextInt(40); count > 0 && !underway.isEmpty(); count--) {
            int which = random.nextInt(6) == 0 ? random.nextInt(underway.size()) : 0;
            EncodedChange change = random.nextInt(10) == 0 ? underway.get(which) : underway.remove(which);
            node.arrive(change);
        }
        run();
    }

    private void hear(EncodedChange change) {
        node.arrive(change);
        run();
    }

    private void connect() {
        connection = client.connect();
        OneConversation.Opened opened = node.open();
        opened.stream().subscribe(connection);
        // Before that nobody listens to what the client asks for.
        run();
        node.resume(opened.connection(), client.offset()).subscribe();
    }

    private void run() {
        node.loop.run();
    }

    private void pass(Duration some) {
        node.loop.pass(some);
        time.advanceTimeBy(some);
        run();
    }

    /** Everything works again, and the client takes what there is. */
    private void settle() {
        node.stored.failing = 0;
        client.request(Long.MAX_VALUE / 4);
        for (int second = 0; second < 20; second++) {
            node.hubs.onHeads(List.of(new LogHead(node.stored.id, node.stored.head())));
            pass(Duration.ofSeconds(1));
        }
    }
}
