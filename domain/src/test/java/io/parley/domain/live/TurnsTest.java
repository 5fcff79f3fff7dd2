package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.History;
import io.parley.domain.live.StoredTalks.Talk;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.datamodel.Model64;
import org.openjdk.jol.info.ClassData;
import org.openjdk.jol.layouters.HotSpotLayouter;
import org.openjdk.jol.layouters.Layouter;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** Who is behind in many logs is brought back in turns, and nothing is read that would have to wait. */
class TurnsTest {
    private static final long ALL = Long.MAX_VALUE;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final TalksNode node = new TalksNode();
    private final Map<LogId, Long> offsets = new HashMap<>();

    @AfterEach
    void stop() {
        VirtualTimeScheduler.reset();
    }

    @Test
    @Tag("catchup-14")
    void firstPagesOfManyLogsGoInOneStatement() {
        List<Talk> talks = talks(CatchUp.LOGS + 4, 3);

        TestSubscriber<byte[]> client = resumed(ALL);

        assertThat(node.statements).extracting(List::size).containsExactly(CatchUp.LOGS, 4);
        talks.forEach(talk -> assertThat(changes(client, talk)).isEqualTo(3));
    }

    @Test
    @Tag("catchup-14")
    void logsTakeTurnsOfThirtyTwoChanges() {
        List<Talk> talks = talks(2, 70);

        TestSubscriber<byte[]> client = resumed(ALL);

        assertThat(runs(client))
                .containsExactly(
                        talks.get(0).log.id() + " 32",
                        talks.get(1).log.id() + " 32",
                        talks.get(0).log.id() + " 32",
                        talks.get(1).log.id() + " 32",
                        talks.get(0).log.id() + " 6",
                        talks.get(1).log.id() + " 6");
    }

    @Test
    @Tag("catchup-14")
    void nothingIsReadThatTheClientDoesNotTake() {
        talks(20, 50);

        // One is for what it is ready with.
        TestSubscriber<byte[]> client = resumed(1);
        assertThat(node.statements).isEmpty();
        client.request(6);
        run();

        assertThat(node.limits).allMatch(limit -> limit <= 6);
        assertThat(node.statements.get(0)).hasSizeLessThanOrEqualTo(3);
        assertThat(client.getReceivedOnNext()).hasSize(7);
    }

    @Test
    @Tag("bound")
    void aCursorIsSixtyFourBytes() {
        Layouter layouter = new HotSpotLayouter(new Model64(true, true), 17);

        assertThat(layouter.layout(ClassData.parseClass(ConversationCursor.class))
                        .instanceSize())
                .isLessThanOrEqualTo(64);
    }

    private List<Talk> talks(int count, int messages) {
        List<Talk> talks = Stream.generate(() -> node.stored.open(History.ALL))
                .limit(count)
                .toList();
        talks.forEach(talk -> {
            talk.move(Reason.ADDED);
            offsets.put(talk.log.id(), talk.log.head());
            IntStream.range(0, messages).forEach(i -> talk.say());
        });
        offsets.put(node.stored.own.id(), node.stored.own.head());
        return talks;
    }

    private TestSubscriber<byte[]> resumed(long demand) {
        TestSubscriber<byte[]> client =
                TestSubscriber.builder().initialRequest(demand).build();
        OneConversation.Opened opened = node.open();
        opened.stream().subscribe(client);
        run();
        node.resume(opened.connection(), offsets).subscribe();
        run();
        return client;
    }

    private void run() {
        for (int i = 0; i < 200; i++) {
            List<Runnable> all = List.copyOf(node.answers);
            node.answers.clear();
            all.forEach(Runnable::run);
            node.loop.pass(Duration.ofMillis(1));
            time.advanceTimeBy(Duration.ofMillis(1));
        }
    }

    private static Stream<String[]> frames(TestSubscriber<byte[]> client) {
        return client.getReceivedOnNext().stream().map(frame -> new String(frame, UTF_8).split(" ", -1));
    }

    private static long changes(TestSubscriber<byte[]> client, Talk talk) {
        return frames(client)
                .filter(words -> words[0].equals("change")
                        && words[1].equals(talk.log.id().toString()))
                .count();
    }

    /** How many changes of one log were told before those of another. */
    private static List<String> runs(TestSubscriber<byte[]> client) {
        List<String> runs = new ArrayList<>();
        List<String> logs = frames(client)
                .filter(words -> words[0].equals("change"))
                .map(words -> words[1])
                .toList();
        int from = 0;
        for (int i = 1; i <= logs.size(); i++) {
            if (i == logs.size() || !logs.get(i).equals(logs.get(from))) {
                runs.add(logs.get(from) + " " + (i - from));
                from = i;
            }
        }
        return runs;
    }
}
