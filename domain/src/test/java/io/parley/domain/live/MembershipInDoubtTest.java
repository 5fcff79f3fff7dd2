package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.History;
import io.parley.domain.live.StoredTalks.Talk;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** The user was out of a conversation, is in again, and not to see what was said then; and what was read does not say so. */
class MembershipInDoubtTest {
    private static final long ALL = Long.MAX_VALUE;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final TalksNode node = new TalksNode();
    private final Disposable reading = node.holes.run().subscribe();
    private final Talk talk = node.stored.open(History.JOINED);
    private final TestSubscriber<byte[]> client =
            TestSubscriber.builder().initialRequest(1).build();

    @BeforeEach
    void haveSomethingSaid() {
        talk.move(Reason.ADDED);
        IntStream.range(0, 3).forEach(i -> talk.say());
    }

    @AfterEach
    void stop() {
        reading.dispose();
        VirtualTimeScheduler.reset();
    }

    /** The piece ends before the change that would tell of it. */
    @Test
    @Tag("log-6")
    void aPieceThatIsNotWholeTellsNothingThatWasSaidMeanwhile() {
        resume();
        client.request(ALL);
        run();
        long from = talk.log.head();
        talk.move(Reason.LEFT);
        IntStream.range(0, 5).forEach(i -> talk.say());
        long to = talk.log.head();
        talk.move(Reason.JOINED);

        // Of many logs in one statement each has a short piece.
        node.hubs.of(talk.log.id()).get(0).fill(from, new Piece(to, talk.log.head(), 0, talk.log.between(from, to)));
        run();
        headIsKnown(talk.log);
        run();

        assertThat(messages()).isEmpty();
        assertThat(lastFrame()).isEqualTo("gap " + talk.log.id() + " " + talk.log.head());
    }

    /** The page was read when the user was in again, and ends where the user was out. */
    @Test
    @Tag("log-6")
    void aPageOfALaterMembershipIsNotTakenForOneOfThis() {
        resume();
        talk.move(Reason.LEFT);
        headIsKnown(talk.log);
        run();
        EncodedChange edited = talk.edit(0);
        EncodedChange joined = talk.move(Reason.JOINED).get(0);

        client.request(ALL);
        run();
        node.arrive(edited);
        node.arrive(joined);
        run();

        assertThat(messages()).isEmpty();
        assertThat(lastFrame()).isEqualTo("gap " + talk.log.id() + " " + talk.log.head());
    }

    /** It was asked for when the user came, and is answered when the user has gone and come again. */
    @Test
    @Tag("connect-11")
    void anOldAnswerBeginsNothing() {
        talk.move(Reason.LEFT);
        resume();
        client.request(ALL);
        node.arrive(talk.move(Reason.ADDED).get(1));
        node.loop.run();
        Runnable old = node.answers.remove(0);
        node.arrive(talk.move(Reason.REMOVED).get(1));
        talk.say();
        node.arrive(talk.move(Reason.ADDED).get(1));
        node.loop.run();

        old.run();
        node.loop.run();
        assertThat(frames()).noneMatch(frame -> frame.startsWith("gap"));
        run();

        assertThat(lastFrame()).isEqualTo("gap " + talk.log.id() + " " + talk.log.head());
    }

    /** The store holds that it was a promotion; that it came after coming in again is superseded. */
    @Test
    @Tag("log-3")
    void aPromotionMayHaveSupersededThatOneWasOut() {
        Map<LogId, Long> held = offsets();
        talk.move(Reason.LEFT);
        talk.say();
        talk.move(Reason.ADDED);
        talk.move(Reason.PROMOTED);

        resume(held);
        client.request(ALL);
        run();

        assertThat(messages()).isEmpty();
        assertThat(frames()).contains("gap " + talk.log.id() + " " + talk.log.head());
    }

    private void resume() {
        resume(offsets());
    }

    private Map<LogId, Long> offsets() {
        Map<LogId, Long> offsets = new HashMap<>();
        node.stored.logs().forEach(log -> offsets.put(log.id(), log.head()));
        return offsets;
    }

    private void resume(Map<LogId, Long> offsets) {
        OneConversation.Opened opened = node.open();
        opened.stream().subscribe(client);
        run();
        node.resume(opened.connection(), offsets).subscribe();
        run();
    }

    private void headIsKnown(StoredLogRows log) {
        node.hubs.onHeads(List.of(new LogHead(log.id(), log.head())));
    }

    private void run() {
        for (int i = 0; i < 60; i++) {
            List<Runnable> all = List.copyOf(node.answers);
            node.answers.clear();
            all.forEach(Runnable::run);
            node.loop.pass(Duration.ofMillis(5));
            time.advanceTimeBy(Duration.ofMillis(5));
        }
    }

    private List<String> frames() {
        return client.getReceivedOnNext().stream()
                .map(frame -> new String(frame, UTF_8))
                .toList();
    }

    private List<String> messages() {
        return frames().stream().filter(frame -> frame.contains(" MESSAGE ")).toList();
    }

    private String lastFrame() {
        List<String> all = frames();
        return all.get(all.size() - 1);
    }
}
