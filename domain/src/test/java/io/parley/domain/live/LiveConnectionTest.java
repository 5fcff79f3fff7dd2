package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.Unauthenticated;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** What a connection hands on of who comes and goes, and of what is no longer to be seen. */
class LiveConnectionTest {
    private static final long ALL = Long.MAX_VALUE;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OneConversation node = new OneConversation();
    private final Disposable reading = node.holes.run().subscribe();
    private final OneConversation.Opened opened = node.open();
    private final LiveConnection connection = opened.connection();

    @AfterEach
    void stop() {
        reading.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    @Tag("catchup-13")
    void whatHasChangedSinceIsNotToldAsItWas() {
        UUID secret = UUID.randomUUID();
        cached(node.stored.append(secret));
        Stream.generate(node.stored::append).limit(50).forEach(this::cached);
        cached(node.stored.append(secret));

        TestSubscriber<byte[]> client = resumed(0, ALL);

        assertThat(frames(client))
                .doesNotContain(change(1, secret))
                .contains(change(52, secret))
                .endsWith("caughtUp " + log() + " 52");
    }

    @Test
    @Tag("connect-11")
    void nothingFollowsOnTheOwnRemoval() {
        TestSubscriber<byte[]> client = resumed(0, ALL);

        heard(node.stored.appendMember(node.user, Reason.REMOVED));
        heard(node.stored.append());

        assertThat(frames(client)).endsWith(change(1, node.user.value()));
    }

    /** Architecture 4.11: the client gets that change as the last of the conversation. */
    @Test
    @Tag("connect-11")
    void theRemovalIsToldByTheConversationBeforeTheOwnLogTellsOfIt() {
        TestSubscriber<byte[]> client = resumed(0, ALL);

        heard(removed());
        assertThat(frames(client)).noneMatch(frame -> frame.contains(own().toString()));
        heard(node.stored.appendMember(node.user, Reason.REMOVED));
        heard(node.stored.append());

        assertThat(frames(client)).endsWith(change(1, node.user.value()), ownChange());
    }

    @Test
    void theOwnLogDoesNotWaitForEverForWhatTheConversationDoesNotTell() {
        TestSubscriber<byte[]> client = resumed(0, ALL);

        heard(removed());
        pass(Following.REMOVAL_WITHIN);
        heard(node.stored.append());

        assertThat(frames(client)).endsWith(ownChange());
    }

    @Test
    void aRemovalThatIsReadLaterWaitsTooAndWhatFollowsItFollows() {
        TestSubscriber<byte[]> client = resumed(0, 1);
        Stream.generate(node.stored::append).limit(300).forEach(this::heard);
        EncodedChange removal = removed();
        node.put(List.of(removal));
        heard(removal);

        client.request(ALL);
        run();
        assertThat(frames(client)).noneMatch(frame -> frame.contains(own().toString()));
        heard(node.stored.appendMember(node.user, Reason.REMOVED));

        assertThat(frames(client)).endsWith(change(301, node.user.value()), ownChange());
    }

    @Test
    @Tag("connect-11")
    void whoWasRemovedAndIsBackBeforeResumingGoesOn() {
        cached(node.stored.append());
        cached(node.stored.appendMember(node.user, Reason.REMOVED));
        cached(node.stored.appendMember(node.user, Reason.ADDED));
        cached(node.stored.append());

        TestSubscriber<byte[]> client = resumed(0, ALL);
        UUID next = UUID.randomUUID();
        heard(node.stored.append(next));

        assertThat(frames(client)).contains("caughtUp " + log() + " 4").endsWith(change(5, next));
    }

    @Test
    @Tag("connect-11")
    void whoWasOutAndMaySeeAllTheSameGoesOn() {
        TestSubscriber<byte[]> client = resumed(0, ALL);

        node.stored.appendMember(node.user, Reason.REMOVED);
        node.stored.append();
        node.stored.appendMember(node.user, Reason.ADDED);
        node.hubs.onHeads(List.of(new LogHead(node.stored.id, 3)));
        run();

        assertThat(frames(client)).endsWith(change(2), change(3, node.user.value()), "caughtUp " + log() + " 3");
    }

    @Test
    void whoWasOutAndMayNotSeeWhatWasSaidThenBeginsAnew() {
        TestSubscriber<byte[]> client = resumed(0, ALL);

        node.stored.appendMember(node.user, Reason.REMOVED);
        node.stored.append();
        node.stored.appendMember(node.user, Reason.ADDED);
        node.visibleFromSeq = 2;
        node.joinedAt = 3;
        node.hubs.onHeads(List.of(new LogHead(node.stored.id, 3)));
        run();

        assertThat(frames(client)).endsWith("gap " + log() + " 3").doesNotContain(change(2));
    }

    @Test
    void whoTakesNothingIsSignedOutAllTheSame() {
        TestSubscriber<byte[]> client = resumed(0, 1);
        Stream.generate(node.stored::append).limit(300).forEach(this::heard);

        heard(ended());

        assertThat(client.expectTerminalError()).isInstanceOf(Unauthenticated.class);
    }

    @Test
    void whoSignedOutAfterHelloDoesNotGetIn() {
        node.signedIn = false;

        StepVerifier.create(node.resume(connection, 0))
                .then(this::run)
                .expectError(Unauthenticated.class)
                .verify(Duration.ofSeconds(5));
    }

    private EncodedChange removed() {
        return StoredLog.encoded(
                new LogEntry(own(), 1, ItemKind.MEMBERSHIP, node.stored.id.value(), Reason.REMOVED), 0);
    }

    private LogId own() {
        return LogId.of(node.user);
    }

    private String ownChange() {
        return "change " + own() + " 1 " + node.stored.id;
    }

    @Test
    @Tag("receipts")
    @Tag("ephemeral")
    void receiptsAreHeardWhileOneLagsAndTypingIsNot() {
        TestSubscriber<byte[]> client = resumed(0, 1);
        // More than may wait for one who takes nothing.
        Stream.generate(node.stored::append).limit(300).forEach(this::heard);
        UserId peer = new UserId(UUID.randomUUID());

        hint(new Typing(node.stored.conversation, peer));
        hint(receipt(peer, 7, true));
        client.request(ALL);
        run();

        assertThat(frames(client))
                .contains("receipt " + log() + " 7", change(300))
                .doesNotContain("typing " + log() + " 0");
    }

    @Test
    void ofMyOwnReceiptsAllMyDevicesHearAlsoWhereTheOthersDoNot() {
        TestSubscriber<byte[]> client = resumed(0, ALL);

        hint(receipt(node.user, 3, true));
        hint(receipt(node.user, 4, false));
        hint(receipt(new UserId(UUID.randomUUID()), 5, false));

        assertThat(frames(client))
                .contains("receipt " + log() + " 3 own", "receipt " + log() + " 4 own")
                .doesNotContain("receipt " + log() + " 5");
    }

    @Test
    @Tag("always-5")
    void whoTakesNothingAndIsRemovedHearsNoMoreOfItAndMayNotTypeThere() {
        TestSubscriber<byte[]> client = resumed(0, 1);
        Stream.generate(node.stored::append).limit(3).forEach(this::heard);
        UserId peer = new UserId(UUID.randomUUID());

        hint(receipt(peer, 1, true));
        heard(node.stored.appendMember(node.user, Reason.REMOVED));
        hint(receipt(peer, 2, true));
        assertThat(onLoop(connection.isFollowing(node.stored.conversation))).isFalse();
        assertThat(onLoop(connection.mayType(node.stored.conversation))).isFalse();
        client.request(ALL);
        run();

        assertThat(frames(client)).noneMatch(frame -> frame.startsWith("receipt"));
    }

    private Boolean onLoop(Mono<Boolean> question) {
        AtomicReference<Boolean> answer = new AtomicReference<>();
        question.subscribe(answer::set);
        run();
        return answer.get();
    }

    @Test
    @Tag("always-5")
    void noReceiptFollowsTheRemoval() {
        TestSubscriber<byte[]> client = resumed(0, 1);
        hint(receipt(new UserId(UUID.randomUUID()), 3, true));

        heard(node.stored.appendMember(node.user, Reason.REMOVED));
        hint(receipt(node.user, 4, true));
        hint(receipt(node.user, 5, false));
        client.request(ALL);
        run();

        assertThat(frames(client)).endsWith(change(1, node.user.value()));
    }

    private Receipt receipt(UserId about, long seq, boolean toAll) {
        return new Receipt(node.stored.conversation, about, seq, seq, 0, toAll);
    }

    private void hint(TalkHint hint) {
        node.hubs.onHint(hint);
        run();
    }

    private EncodedChange ended() {
        LogId own = LogId.of(node.user);
        return StoredLog.encoded(new LogEntry(own, 1, ItemKind.SESSION, node.session.value(), Reason.REVOKED), 0);
    }

    private void cached(EncodedChange change) {
        node.put(List.of(change));
    }

    private void heard(EncodedChange change) {
        node.arrive(change);
        run();
    }

    private TestSubscriber<byte[]> resumed(long offset, long demand) {
        TestSubscriber<byte[]> client =
                TestSubscriber.builder().initialRequest(demand).build();
        opened.stream().subscribe(client);
        run();
        node.resume(connection, offset).subscribe();
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

    private String change(long offset, UUID item) {
        return "change " + log() + " " + offset + " " + item;
    }

    private String change(long offset) {
        return node.stored.items().entrySet().stream()
                .filter(item -> item.getValue() == offset)
                .map(item -> change(offset, item.getKey()))
                .findFirst()
                .orElseThrow();
    }

    private UUID log() {
        return node.stored.id.value();
    }
}
