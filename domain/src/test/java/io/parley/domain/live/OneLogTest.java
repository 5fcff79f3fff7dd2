package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** What a connection hands on that is of one log alone, and when it ends. */
class OneLogTest {
    private static final long ALL = Long.MAX_VALUE;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OneConversation node = new OneConversation();
    private final Disposable reading = node.holes.run().subscribe();

    @AfterEach
    void stop() {
        reading.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    void whoStandsAtTheHeadIsToldSoAndGetsWhatFollows() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, ALL);
        EncodedChange first = node.stored.append();
        heard(first);

        assertThat(frames(client)).containsExactly("caughtUp " + log() + " 0", text(first));
    }

    @Test
    void whoIsBehindCatchesUpFirst() {
        EncodedChange first = node.stored.append();
        EncodedChange second = node.stored.append();

        TestSubscriber<byte[]> client = following(node.stored.id, 1, ALL);
        EncodedChange third = node.stored.append();
        heard(third);

        assertThat(first.offset()).isEqualTo(1);
        assertThat(frames(client))
                .containsExactly("catchUp " + log() + " 1 2", text(second), "caughtUp " + log() + " 2", text(third));
    }

    @Test
    void whoIsTooFarBehindHasAGap() {
        Stream.generate(node.stored::append).limit(Resume.MAX_CHANGES + 1).forEach(change -> {});

        TestSubscriber<byte[]> client = following(node.stored.id, 0, ALL);

        assertThat(frames(client)).containsExactly("gap " + log() + " " + (Resume.MAX_CHANGES + 1));
    }

    @Test
    void theOwnLogIsHeardAndNotTold() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, ALL);
        int before = frames(client).size();

        heard(own(1, ItemKind.MEMBERSHIP, UUID.randomUUID(), Reason.ADDED));
        heard(own(2, ItemKind.SESSION, UUID.randomUUID(), Reason.REVOKED));
        node.hubs.onHint(new Typing(node.stored.conversation, new UserId(UUID.randomUUID())));
        node.hubs.onHint(new Receipt(node.stored.conversation, new UserId(UUID.randomUUID()), 1, 1, 0, true));
        run();

        assertThat(frames(client)).hasSize(before);
        assertThat(client.isTerminated()).isFalse();
    }

    @Test
    void theOwnLogMayBeTheOne() {
        LogId own = LogId.of(node.user);
        TestSubscriber<byte[]> client = following(own, 0, ALL);
        EncodedChange joined = own(1, ItemKind.MEMBERSHIP, node.stored.id.value(), Reason.ADDED);
        heard(joined);
        heard(node.stored.append());

        assertThat(frames(client)).containsExactly("caughtUp " + own + " 0", text(joined));
    }

    @Test
    void theRemovalIsTheLastAndEndsTheStream() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, ALL);
        EncodedChange removal = node.stored.appendMember(node.user, Reason.REMOVED);
        heard(removal);
        heard(node.stored.append());

        assertThat(frames(client)).endsWith(text(removal));
        assertThat(client.isTerminatedComplete()).isTrue();
    }

    @Test
    void whoIsSlowGetsTheRemovalBeforeTheEnd() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, 1);
        heard(node.stored.append());
        EncodedChange removal = node.stored.appendMember(node.user, Reason.LEFT);
        heard(removal);
        assertThat(client.isTerminated()).isFalse();

        client.request(2);
        run();

        assertThat(frames(client)).endsWith(text(removal));
        assertThat(client.isTerminatedComplete()).isTrue();
    }

    @Test
    void aRemovalThatOnlyTheOwnLogTellsEndsTheStreamToo() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, ALL);
        heard(own(1, ItemKind.MEMBERSHIP, node.stored.id.value(), Reason.REMOVED));
        assertThat(client.isTerminated()).isFalse();

        pass(Following.REMOVAL_WITHIN);

        assertThat(client.isTerminatedComplete()).isTrue();
    }

    @Test
    void whoMayNotReadOnWhatWasMissedIsToldSo() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, 1);
        Stream.generate(node.stored::append).limit(600).forEach(this::heard);
        node.stored.member = false;

        client.request(ALL);
        run();

        assertThat(client.expectTerminalError()).isInstanceOf(NotFound.class);
    }

    @Test
    void theEndOfTheSessionEndsIt() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, 1);

        heard(own(1, ItemKind.SESSION, node.session.value(), Reason.REVOKED));

        assertThat(client.expectTerminalError()).isInstanceOf(Unauthenticated.class);
    }

    @Test
    void whoIsNotAMemberFindsNothing() {
        node.stored.member = false;
        refused(NotFound.class);
    }

    @Test
    void whoSignedOutMeanwhileDoesNotGetIn() {
        node.signedIn = false;
        refused(Unauthenticated.class);
    }

    private void refused(Class<? extends Throwable> why) {
        OneConversation.Opened opened = node.open(node.stored.id);
        StepVerifier.create(node.follow(opened.connection(), Map.of(node.stored.id, 0L)))
                .then(this::run)
                .expectError(why)
                .verify(Duration.ofSeconds(5));
    }

    @Test
    void nobodySeesItAndNothingIsLeftBehind() {
        TestSubscriber<byte[]> client = following(node.stored.id, 0, ALL);
        heard(node.stored.append());

        client.cancel();
        run();

        assertThat(node.told).isZero();
        assertThat(node.hubs.followed()).isEmpty();
        node.frames.areAllReleased();
    }

    private EncodedChange own(long offset, ItemKind kind, UUID item, Reason reason) {
        return StoredLog.encoded(new LogEntry(LogId.of(node.user), offset, kind, item, reason), 0);
    }

    private void heard(EncodedChange change) {
        node.arrive(change);
        run();
    }

    private TestSubscriber<byte[]> following(LogId log, long offset, long demand) {
        OneConversation.Opened opened = node.open(log);
        TestSubscriber<byte[]> client =
                TestSubscriber.builder().initialRequest(demand).build();
        opened.stream().subscribe(client);
        run();
        node.follow(opened.connection(), Map.of(log, offset)).subscribe();
        run();
        return client;
    }

    private void run() {
        pass(Duration.ofMillis(200));
    }

    private void pass(Duration some) {
        for (int i = 0; i < 20; i++) {
            node.loop.pass(some.dividedBy(20));
            time.advanceTimeBy(some.dividedBy(20));
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

    private LogId log() {
        return node.stored.id;
    }
}
