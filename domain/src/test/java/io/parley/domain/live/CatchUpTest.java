package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogHead;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** Up to where a connection catches up, by what, and that it reads nothing that would have to wait. */
class CatchUpTest {
    private static final long ALL = Long.MAX_VALUE;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OneConversation node = new OneConversation();
    private final Disposable reading = node.holes.run().subscribe();

    @AfterEach
    void stop() {
        reading.dispose();
        VirtualTimeScheduler.reset();
    }

    /** The store is further than what this loop has handed on: what comes after is told as it is heard. */
    @Test
    @Tag("catchup-12")
    void itEndsWhereTheLoopIsAndNotWhereTheStoreIs() {
        connect(0, ALL);
        List<EncodedChange> changes = appended(3);
        changes.forEach(this::hear);
        List<EncodedChange> underWay = appended(2);

        TestSubscriber<byte[]> late = connect(0, ALL);
        assertThat(frames(late))
                .startsWith("ready", told("catchUp", "0 3"), text(changes.get(0)))
                .endsWith(text(changes.get(2)), told("caughtUp", "3"));
        int before = frames(late).size();
        underWay.forEach(this::hear);

        assertThat(frames(late).subList(before, frames(late).size()))
                .as("live, one by one")
                .containsExactly(text(underWay.get(0)), text(underWay.get(1)));
    }

    @Test
    @Tag("catchup-12")
    void theLastSixtyFourChangesNeedNoRead() {
        TestSubscriber<byte[]> client = connect(0, 1);
        appended(FollowedLog.RING + 200).forEach(this::hear);
        connect(node.stored.head() - FollowedLog.RING, ALL);
        assertThat(node.stored.reads).isZero();

        client.request(ALL);
        run();

        assertThat(node.stored.reads).as("who is further behind reads").isPositive();
    }

    @Test
    @Tag("catchup-14")
    void nothingIsReadForWhomItWouldHaveToWait() {
        TestSubscriber<byte[]> client = connect(0, 1);
        for (EncodedChange change : appended(1_000)) {
            hear(change);
        }
        run();
        assertThat(node.stored.reads).as("nobody takes anything").isZero();

        List<Integer> reads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            client.request(Stretch.TURN);
            run();
            reads.add(node.stored.reads);
        }

        assertThat(reads).as("a turn for each that was taken").allMatch(some -> some <= 4);
        client.request(ALL);
        run();
        assertThat(frames(client)).endsWith(told("caughtUp", "1000"));
    }

    @Test
    @Tag("catchup-13")
    void theCacheAnswersOnlyIfItHoldsEveryOffset() {
        appended(20).stream().filter(change -> change.offset() != 10).forEach(change -> node.put(List.of(change)));

        TestSubscriber<byte[]> behindTheHole = connect(10, ALL);
        assertThat(node.stored.reads).as("dense from 11 on").isZero();
        TestSubscriber<byte[]> beforeTheHole = connect(5, ALL);

        assertThat(node.stored.reads).as("10 is missing").isPositive();
        assertThat(changes(behindTheHole)).isEqualTo(offsets(11, 20));
        assertThat(changes(beforeTheHole)).isEqualTo(offsets(6, 20));
    }

    /** With the frames around them 254 changes are handed on at once, of more a turn. */
    @ParameterizedTest
    @Tag("bound")
    @ValueSource(ints = {254, 255, 1_000})
    void noMoreThan256FramesWaitForWhoStops(int missed) {
        connect(0, 2);
        int before = node.frames.made;

        appended(missed);
        node.hubs.onHeads(List.of(new LogHead(node.stored.id, missed)));
        run();

        assertThat(node.frames.made - before)
                .as("frames made for who takes one")
                .isBetween(2, 256);
    }

    private static List<String> offsets(int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(String::valueOf).toList();
    }

    private static List<String> changes(TestSubscriber<byte[]> client) {
        return frames(client).stream()
                .map(frame -> frame.split(" "))
                .filter(words -> words[0].equals("change"))
                .map(words -> words[2])
                .toList();
    }

    private List<EncodedChange> appended(int count) {
        return Stream.generate(node.stored::append).limit(count).toList();
    }

    private void hear(EncodedChange change) {
        node.arrive(change);
        node.loop.run();
    }

    private TestSubscriber<byte[]> connect(long offset, long demand) {
        TestSubscriber<byte[]> client =
                TestSubscriber.builder().initialRequest(demand).build();
        OneConversation.Opened opened = node.open();
        opened.stream().subscribe(client);
        run();
        node.resume(opened.connection(), offset).subscribe();
        run();
        return client;
    }

    private void run() {
        for (int i = 0; i < 20; i++) {
            node.loop.pass(Duration.ofMillis(10));
            time.advanceTimeBy(Duration.ofMillis(10));
        }
    }

    private static List<String> frames(TestSubscriber<byte[]> client) {
        return client.getReceivedOnNext().stream()
                .map(frame -> new String(frame, UTF_8))
                .toList();
    }

    private static String text(EncodedChange change) {
        return new String(change.wire(), UTF_8);
    }

    private String told(String what, String rest) {
        return what + " " + node.stored.id.value() + " " + rest;
    }
}
