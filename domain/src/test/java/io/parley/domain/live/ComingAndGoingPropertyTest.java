package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.History;
import io.parley.domain.live.StoredTalks.Talk;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

/**
 * A user comes, goes and is back in some conversations, on two devices that take what they like: neither sees a hole, nor
 * what was said while the user was out and is not to be seen; both end in the state of what the user may see.
 */
@Tag("connect-11")
class ComingAndGoingPropertyTest {
    private static final int STEPS = 500;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final TalksNode node = new TalksNode();
    private final Disposable reading = node.holes.run().subscribe();
    private final List<EncodedChange> underway = new ArrayList<>();
    private final List<Device> devices = Stream.generate(Device::new).limit(2).toList();

    private final class Device {
        private final TalksClient client = new TalksClient(node.stored);
        private TalksClient.Connection connection;

        void connect() {
            connection = client.connect();
            OneConversation.Opened opened = node.open();
            opened.stream().subscribe(connection);
            // Before that nobody listens to what the client asks for.
            node.loop.run();
            node.resume(opened.connection(), client.offsets())
                    .subscribe(done -> {}, error -> connection.hookOnError(error));
        }

        /** Whoever is sent away, since the store is, comes back. */
        void holds() {
            if (connection.isSentAway()) {
                client.cut();
                node.loop.run();
                connect();
            }
            connection.holds();
        }
    }

    static LongStream seeds() {
        return LongStream.range(0, 200).map(number -> number == 199 ? System.nanoTime() : number);
    }

    @AfterEach
    void stop() {
        reading.dispose();
        VirtualTimeScheduler.reset();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eachDeviceEndsInTheStateOfWhatItsUserMaySee(long seed) {
        Random random = new Random(seed);
        Stream.of(History.JOINED, History.ALL, History.JOINED).forEach(node.stored::open);
        node.stored.talks().forEach(talk -> told(talk.move(Reason.ADDED), random));
        devices.forEach(Device::connect);

        for (int step = 0; step < STEPS; step++) {
            step(random);
            devices.forEach(Device::holds);
        }
        settle();

        devices.forEach(this::isUpToDate);
        devices.forEach(device -> device.client.cut());
        node.loop.run();
        node.frames.areAllReleased();
        assertThat(node.hubs.followed()).isEmpty();
    }

    private void isUpToDate(Device device) {
        device.holds();
        assertThat(device.client.conversations())
                .isEqualTo(node.stored.talks().stream()
                        .filter(Talk::isMember)
                        .map(talk -> talk.log.id())
                        .collect(Collectors.toSet()));
        node.stored.logs().forEach(log -> {
            TalksClient.Held held = device.client.held(log.id());
            if (held != null) {
                assertThat(held.offset).isEqualTo(log.head());
                // What went for good, went from the store alone: who holds it already may keep it.
                long from = Math.max(held.start, log.floor());
                assertThat(since(from, held.items)).isEqualTo(visible(log, from));
            }
        });
    }

    private static Map<UUID, Long> since(long start, Map<UUID, Long> state) {
        return state.entrySet().stream()
                .filter(item -> item.getValue() > start)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private Map<UUID, Long> visible(StoredLogRows log, long from) {
        return log.between(from, log.head()).stream()
                .filter(change -> node.stored.maySeeNow(log.id(), change))
                .collect(Collectors.toMap(change -> change.entry().item(), EncodedChange::offset));
    }

    private void step(Random random) {
        Device device = devices.get(random.nextInt(devices.size()));
        int what = random.nextInt(100);
        if (what < 30) {
            talk(random);
        } else if (what < 36) {
            move(any(random), random);
        } else if (what < 56) {
            arrive(random);
        } else if (what < 76) {
            answer(random);
        } else if (what < 84) {
            device.client.request(1 + random.nextInt(random.nextInt(10) == 0 ? 400 : 8));
        } else if (what < 91) {
            pass(Duration.ofMillis(random.nextInt(400)));
        } else if (what < 94) {
            headsAreKnown();
        } else if (what < 96) {
            node.failing = random.nextInt(3);
        } else if (what < 98) {
            device.client.cut();
            node.loop.run();
            device.connect();
        } else if (what == 98 && random.nextInt(5) == 0) {
            StoredLogRows log = any(random).log;
            log.raiseFloor(random.nextLong(log.head() + 1));
        } else {
            node.loop.run();
        }
    }

    private Talk any(Random random) {
        List<Talk> talks = node.stored.talks();
        return talks.get(random.nextInt(talks.size()));
    }

    private void talk(Random random) {
        Talk talk = any(random);
        int burst = random.nextInt(20) == 0 ? 200 : 1;
        for (int i = 0; i < burst; i++) {
            int what = random.nextInt(10);
            if (what < 6 || talk.seqs.isEmpty()) {
                told(List.of(talk.say()), random);
            } else if (what < 9) {
                told(List.of(talk.edit(random.nextInt(1_000))), random);
            } else {
                told(List.of(talk.other(random.nextBoolean() ? Reason.JOINED : Reason.LEFT)), random);
            }
        }
    }

    private void move(Talk talk, Random random) {
        if (!talk.isMember()) {
            told(talk.move(random.nextBoolean() ? Reason.ADDED : Reason.JOINED), random);
        } else if (random.nextInt(3) == 0) {
            told(talk.move(Reason.PROMOTED), random);
        } else {
            told(talk.move(random.nextBoolean() ? Reason.REMOVED : Reason.LEFT), random);
        }
    }

    private void told(List<EncodedChange> changes, Random random) {
        changes.forEach(change -> {
            if (random.nextInt(10) > 0) {
                underway.add(change);
            }
            if (random.nextInt(4) > 0) {
                node.put(List.of(change));
            }
        });
    }

    /** Mostly the first, sometimes another, sometimes to come once more. */
    private void arrive(Random random) {
        for (int count = random.nextInt(20); count > 0 && !underway.isEmpty(); count--) {
            int which = random.nextInt(6) == 0 ? random.nextInt(underway.size()) : 0;
            node.arrive(random.nextInt(10) == 0 ? underway.get(which) : underway.remove(which));
        }
        node.loop.run();
    }

    private void answer(Random random) {
        if (!node.answers.isEmpty()) {
            node.answers.remove(random.nextInt(node.answers.size())).run();
            node.loop.run();
        }
    }

    private void headsAreKnown() {
        node.hubs.onHeads(
                node.stored.logs().map(log -> new LogHead(log.id(), log.head())).toList());
    }

    private void pass(Duration some) {
        node.loop.pass(some);
        time.advanceTimeBy(some);
        node.loop.run();
    }

    /** Everything works again, and the clients take what there is. */
    private void settle() {
        node.failing = 0;
        for (int second = 0; second < 40; second++) {
            headsAreKnown();
            for (int i = 0; i < 50; i++) {
                List<Runnable> all = List.copyOf(node.answers);
                node.answers.clear();
                all.forEach(Runnable::run);
                node.loop.run();
            }
            pass(Duration.ofSeconds(1));
            devices.forEach(Device::holds);
            devices.forEach(device -> device.client.request(1_000_000));
        }
    }
}
