package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

/** What clients are told of those whom they watch, and what that costs. */
class PresenceWatchTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration ROUND = PresenceWatch.LOOK_EVERY;
    private static final long ALL = Long.MAX_VALUE;

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OneConversation node = new OneConversation();
    private final Disposable.Composite running =
            Disposables.composite(node.holes.run().subscribe(), node.watch.run().subscribe());
    private final UserId friend = somebody();
    private final UserId stranger = somebody();

    PresenceWatchTest() {
        node.acquaintances.add(friend);
    }

    @AfterEach
    void stop() {
        running.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    void theStateOfEachComesRightAfterTheAnswer() {
        node.present.add(friend);
        UserId absent = somebody();
        node.acquaintances.add(absent);
        Client client = connected();

        client.watches(friend, stranger, absent, node.user);

        assertThat(client.told())
                .containsExactly("ack", online(friend), unknown(stranger), offline(absent), online(node.user));
    }

    @Test
    void whoComesAndGoesIsToldWithinASecond() {
        Client client = connected();
        client.watches(friend);

        comes(friend);
        pass(ROUND);
        assertThat(client.told()).containsExactly("ack", offline(friend), online(friend));

        goes(friend);
        pass(ROUND);
        assertThat(client.told()).endsWith(offline(friend)).hasSize(4);
    }

    @Test
    void whatIsNoNewsIsNotTold() {
        Client client = connected();
        client.watches(friend);

        for (int i = 0; i < 40; i++) {
            node.watch.onHint(friend);
            pass(ROUND);
        }

        assertThat(client.told()).hasSize(2);
    }

    @Test
    void manyWhoFlapCostOneLookASecond() {
        List<UserId> friends =
                Stream.generate(PresenceWatchTest::somebody).limit(100).toList();
        node.acquaintances.addAll(friends);
        Client client = connected();
        Client other = connected();
        client.watches(friends.toArray(UserId[]::new));
        other.watches(friends.toArray(UserId[]::new));
        pass(PresenceWatch.ALL_EVERY);
        node.looks.clear();

        for (int i = 0; i < 10_000; i++) {
            node.watch.onHint(friends.get(i % friends.size()));
            if (i % 1_000 == 999) {
                pass(ROUND);
            }
        }

        assertThat(node.looks).hasSize(10);
    }

    @Test
    @Tag("wire-watch")
    void whoSharesNoConversationIsNeverLookedAt() {
        Client client = connected();
        client.watches(stranger);

        comes(stranger);
        pass(PresenceWatch.ALL_EVERY.multipliedBy(2));

        assertThat(client.told()).containsExactly("ack", unknown(stranger));
        assertThat(node.looks).noneMatch(users -> users.contains(stranger));
    }

    @Test
    void silenceProvesNothing() {
        Client client = connected();
        client.watches(friend);

        node.present.add(friend);
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));

        assertThat(client.told()).endsWith(online(friend));
    }

    @Test
    void withoutRedisNobodyIsKnownUntilItIsBack() {
        node.present.add(friend);
        Client client = connected();
        client.watches(friend, stranger);

        node.registryAway = true;
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));
        assertThat(client.told()).containsExactly("ack", online(friend), unknown(stranger), unknown(friend));

        node.registryAway = false;
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));
        assertThat(client.told()).endsWith(online(friend)).hasSize(5);
    }

    @Test
    void whoeverIsNotWatchedAnyMoreIsNotToldOf() {
        UserId another = somebody();
        node.acquaintances.add(another);
        Client client = connected();
        client.watches(friend);

        client.watches(another);
        comes(friend);
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));

        assertThat(client.told()).containsExactly("ack", offline(friend), "ack", offline(another));
        client.watches();
        node.looks.clear();
        comes(another);
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));
        assertThat(client.told()).endsWith("ack");
        assertThat(node.looks).isEmpty();
    }

    @Test
    void whoeverHasGoneWatchesNobody() {
        Client client = connected();
        client.watches(friend);
        Client other = connected();
        other.watches(friend);

        client.cut();
        comes(friend);
        pass(ROUND);
        assertThat(other.told()).endsWith(online(friend));

        other.cut();
        node.looks.clear();
        comes(friend);
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));
        assertThat(node.looks).isEmpty();
    }

    @Test
    @Tag("ephemeral")
    void whoTakesNothingGetsTheLatestOfEachLater() {
        Client client = connected();
        client.watches(friend, stranger);
        client.limit();
        for (int i = 0; i < 5; i++) {
            comes(friend);
            pass(ROUND);
            goes(friend);
            pass(ROUND);
        }
        comes(friend);
        pass(ROUND);
        int before = client.told().size();

        client.allow(100);

        assertThat(client.told()).hasSize(before + 1).endsWith(online(friend));
    }

    @Test
    void theStateOfManyIsNotCutShort() {
        UserId[] many = Stream.generate(PresenceWatchTest::somebody)
                .limit(PresenceWatch.MAX_USERS)
                .toArray(UserId[]::new);
        node.acquaintances.addAll(List.of(many));
        Client client = connected(20);
        client.watches(many);

        client.frames.request(ALL);
        run();

        assertThat(client.told()).hasSize(1 + PresenceWatch.MAX_USERS).doesNotHaveDuplicates();
    }

    @Test
    void whoComesIntoAConversationIsSeenAndWhoLeavesIsNot() {
        node.present.add(stranger);
        Client client = connected();
        client.watches(stranger);

        node.acquaintances.add(stranger);
        heard(node.stored.appendMember(stranger, Reason.JOINED));
        pass(ROUND);
        assertThat(client.told()).containsExactly("ack", unknown(stranger), online(stranger));

        node.acquaintances.remove(stranger);
        heard(node.stored.appendMember(stranger, Reason.LEFT));
        pass(ROUND);
        goes(stranger);
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));
        assertThat(client.told()).endsWith(unknown(stranger)).hasSize(4);
    }

    @Test
    void whoeverComesIntoAConversationOneselfSeesThoseInIt() {
        node.present.add(stranger);
        Client client = connected();
        client.watches(stranger);

        node.acquaintances.add(stranger);
        heard(StoredLog.encoded(
                new LogEntry(LogId.of(node.user), 1, ItemKind.MEMBERSHIP, UUID.randomUUID(), Reason.ADDED), 0));
        pass(ROUND);

        assertThat(client.told()).contains(online(stranger));
    }

    @Test
    void whatCannotBeFoundOutNowIsFoundOutLater() {
        Client client = connected();
        client.watches(friend);
        node.storeAway = true;
        node.acquaintances.remove(friend);
        heard(node.stored.appendMember(friend, Reason.LEFT));
        pass(ROUND.multipliedBy(3));
        assertThat(client.told()).endsWith(offline(friend));

        node.storeAway = false;
        pass(ROUND);

        assertThat(client.told()).endsWith(unknown(friend));
    }

    @Test
    void withoutTheStoreNobodyIsWatched() {
        Client client = connected();
        client.watches(friend);
        node.storeAway = true;

        StepVerifier.create(client.opened.connection().watch(Set.of(friend), "ack".getBytes(UTF_8)))
                .then(this::run)
                .expectError(Unavailable.class)
                .verify(TIMEOUT);

        comes(friend);
        pass(PresenceWatch.ALL_EVERY.plus(ROUND));
        assertThat(client.told()).containsExactly("ack", offline(friend));
    }

    @Test
    void moreThanFitAreRefused() {
        Client client = connected();
        List<UserId> many = IntStream.rangeClosed(0, PresenceWatch.MAX_USERS)
                .mapToObj(i -> somebody())
                .toList();

        StepVerifier.create(client.opened.connection().watch(many, new byte[0]))
                .expectError(InvalidInput.class)
                .verify(TIMEOUT);
    }

    private static UserId somebody() {
        return new UserId(UUID.randomUUID());
    }

    private static String online(UserId user) {
        return "presence " + user.value() + " ONLINE";
    }

    private static String offline(UserId user) {
        return "presence " + user.value() + " OFFLINE";
    }

    private static String unknown(UserId user) {
        return "presence " + user.value() + " UNKNOWN";
    }

    private void comes(UserId user) {
        node.present.add(user);
        node.watch.onHint(user);
    }

    private void goes(UserId user) {
        node.present.remove(user);
        node.watch.onHint(user);
    }

    private void heard(EncodedChange change) {
        node.arrive(change);
        run();
    }

    private void run() {
        for (int i = 0; i < 5; i++) {
            node.loop.run();
            time.advanceTime();
        }
    }

    private void pass(Duration some) {
        for (int i = 0; i < 20; i++) {
            node.loop.pass(some.dividedBy(20));
            time.advanceTimeBy(some.dividedBy(20));
        }
        run();
    }

    private Client connected() {
        return connected(ALL);
    }

    private Client connected(long demand) {
        return new Client(demand);
    }

    /** Somebody who watches others. */
    private final class Client {
        private final OneConversation.Opened opened = node.open();
        private final TestSubscriber<byte[]> frames;

        Client(long demand) {
            frames = TestSubscriber.builder().initialRequest(demand).build();
            opened.stream().subscribe(frames);
            run();
            node.resume(opened.connection(), node.stored.head()).subscribe();
            run();
        }

        void watches(UserId... users) {
            opened.connection()
                    .watch(Arrays.asList(users), "ack".getBytes(UTF_8))
                    .subscribe();
            run();
        }

        void limit() {
            opened.connection().limit(0).subscribe();
            run();
        }

        void allow(long n) {
            opened.connection().allow(n).subscribe();
            run();
        }

        void cut() {
            frames.cancel();
            run();
        }

        /** What it heard beside its beginning. */
        List<String> told() {
            return frames.getReceivedOnNext().stream()
                    .map(frame -> new String(frame, UTF_8))
                    .filter(frame -> frame.startsWith("presence") || frame.equals("ack"))
                    .toList();
        }
    }
}
