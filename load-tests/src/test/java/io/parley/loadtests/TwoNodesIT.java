package io.parley.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.parley.api.EditMessage;
import io.parley.api.MessageView;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.api.SignedInView;
import io.parley.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What must hold between nodes: who talks to one hears the other, as if they were one. */
class TwoNodesIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final int SESSION_ENDED = 4501;

    /** What one user may send at once. */
    private static final int BURST = 50;

    private static EmbeddedServers servers;
    private static ServerNode one;
    private static ServerNode two;

    @BeforeAll
    static void startBoth() {
        servers = EmbeddedServers.attach();
        one = Nodes.start("two-nodes-one", servers.settings());
        two = Nodes.start("two-nodes-two", servers.settings());
        one.awaitReady(READY_WITHIN);
        two.awaitReady(READY_WITHIN);
    }

    @AfterAll
    static void closeBoth() {
        one.close();
        two.close();
        servers.close();
    }

    @Test
    @Tag("log-7")
    @Tag("always-2")
    @Tag("always-3")
    void whatManySayAtBothNodesArrivesAtBothInOrderAndOnce() {
        List<SignedInView> people = register(6);
        UUID conversation = group(people);
        List<LiveSocketClient> listeners = new ArrayList<>();
        for (int i = 0; i < people.size(); i++) {
            listeners.add(node(i).live(people.get(i)));
        }

        List<List<MessageView>> said = IntStream.range(0, people.size())
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> talk(listeners.get(i), node(i + 1).as(people.get(i)), conversation)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        List<MessageView> history = one.as(people.get(0)).history(conversation);
        assertThat(history).hasSize(people.size() * BURST);
        assertDense(history);
        assertThat(two.as(people.get(0)).history(conversation)).isEqualTo(history);
        assertThat(said).allSatisfy(own -> assertThat(history).containsSubsequence(own));
        assertHolds(listeners, conversation, history);
        listeners.forEach(LiveSocketClient::close);
    }

    /** By turns over the live connection to one node, and over HTTP at the other. */
    private static List<MessageView> talk(LiveSocketClient live, ParleyHttp http, UUID conversation) {
        return IntStream.range(0, BURST)
                .mapToObj(i -> i % 2 == 0
                        ? ack(live.send(conversation, UUID.randomUUID(), "live " + i))
                        : http.send(conversation, "http " + i))
                .toList();
    }

    @Test
    @Tag("wire-next")
    @Tag("always-3")
    void whoIsCutOffAgainAndAgainGoesOnAtTheOtherNodeAndMissesNothing() {
        List<SignedInView> people = register(2);
        UUID conversation = group(people);
        ParleyHttp ada = one.as(people.get(0));
        Replica replica = new Replica();
        one.live(people.get(1), replica).close();

        CompletableFuture<Void> talking = CompletableFuture.runAsync(() -> {
            for (int i = 0; i < BURST; i++) {
                MessageView sent = ada.send(conversation, "message " + i);
                if (i % 10 == 9) {
                    edit(ada, sent);
                }
            }
        });
        int cuts = 0;
        while (!talking.isDone()) {
            node(++cuts).live(people.get(1), replica).close();
        }
        talking.join();
        List<LiveSocketClient> last = List.of(node(cuts).live(people.get(1), replica));

        assertHolds(last, conversation, two.as(people.get(1)).history(conversation));
        assertThat(replica.gaps(conversation)).isZero();
        last.forEach(LiveSocketClient::close);
    }

    private static void edit(ParleyHttp person, MessageView message) {
        String path = Routes.MESSAGE
                .replace("{id}", message.conversationId().toString())
                .replace("{messageId}", message.id().toString());
        assertThat(person.ask("PATCH", path, new EditMessage(message.text() + ", edited"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @Tag("always-5")
    void whoIsRemovedAtOneNodeSaysAndHearsNothingAtTheOtherFromThenOn() {
        List<SignedInView> people = register(3);
        SignedInView bob = people.get(1);
        UUID conversation = group(people);
        UUID other = group(people);
        ParleyHttp ada = one.as(people.get(0));
        try (LiveSocketClient witness = two.live(people.get(2));
                LiveSocketClient bobsLive = two.live(bob)) {
            List<CompletableFuture<ServerFrame>> answers = IntStream.range(0, 30)
                    .mapToObj(i -> bobsLive.send(conversation, UUID.randomUUID(), "bob " + i))
                    .toList();
            ada.removeMember(conversation, bob.user().id());
            CompletableFuture<ServerFrame> late = bobsLive.send(conversation, UUID.randomUUID(), "late");

            assertThatThrownBy(() -> two.as(bob).send(conversation, "late"))
                    .isInstanceOfSatisfying(RefusedException.class, TwoNodesIT::assertUnknown);
            assertThat(late).succeedsWithin(WITHIN).satisfies(TwoNodesIT::assertUnknown);
            long stored = answers.stream()
                    .map(CompletableFuture::join)
                    .filter(ServerFrame.Ack.class::isInstance)
                    .count();
            List<MessageView> before = ada.history(conversation);
            assertThat(before).hasSize((int) stored);

            MessageView after = ada.send(conversation, "among ourselves");
            MessageView last = ada.send(other, "to all");
            await().atMost(WITHIN)
                    .until(() -> witness.replica().messages(conversation).contains(after));
            await().atMost(WITHIN)
                    .until(() -> bobsLive.replica().messages(other).contains(last));
            assertThat(bobsLive.replica().follows(conversation)).isFalse();
            assertThat(bobsLive.replica().violations()).isEmpty();
            assertThat(witness.replica().violations()).isEmpty();
        }
    }

    private static void assertUnknown(RefusedException refused) {
        assertThat(refused.problem().code()).isEqualTo(ProblemCode.CONVERSATION_UNKNOWN.wireName());
    }

    private static void assertUnknown(ServerFrame answer) {
        assertThat(answer).isInstanceOfSatisfying(ServerFrame.Failure.class, failure -> assertThat(
                        failure.problem().code())
                .isEqualTo(ProblemCode.CONVERSATION_UNKNOWN.wireName()));
    }

    @Test
    @Tag("always-4")
    void aMessageSentToBothNodesAtOnceIsOneMessage() {
        int groups = 8;
        int members = 5;
        List<SignedInView> people = register(groups * members);
        List<UUID> conversations = IntStream.range(0, groups)
                .mapToObj(i -> group(people.subList(i * members, (i + 1) * members)))
                .toList();
        List<LiveSocketClient> atOne = people.stream().map(one::live).toList();
        List<LiveSocketClient> atTwo = people.stream().map(two::live).toList();

        List<Pair> pairs = IntStream.range(0, people.size() * BURST / 2)
                .mapToObj(i -> {
                    int person = i % people.size();
                    return Pair.send(atOne.get(person), atTwo.get(person), conversations.get(person / members));
                })
                .toList();

        assertThat(pairs).hasSizeGreaterThanOrEqualTo(1_000).allSatisfy(Pair::assertOne);
        for (int i = 0; i < groups; i++) {
            List<MessageView> history = one.as(people.get(i * members)).history(conversations.get(i));
            assertThat(history).hasSize(members * BURST / 2);
            assertDense(history);
            assertHolds(atOne.subList(i * members, (i + 1) * members), conversations.get(i), history);
            assertHolds(atTwo.subList(i * members, (i + 1) * members), conversations.get(i), history);
        }
        Stream.of(atOne, atTwo).flatMap(List::stream).forEach(LiveSocketClient::close);
    }

    /** The answers of both nodes to the same message. */
    private record Pair(CompletableFuture<ServerFrame> one, CompletableFuture<ServerFrame> two) {

        static Pair send(LiveSocketClient one, LiveSocketClient two, UUID conversation) {
            UUID id = UUID.randomUUID();
            return new Pair(one.send(conversation, id, "said twice"), two.send(conversation, id, "said twice"));
        }

        void assertOne() {
            assertThat(ack(one)).isEqualTo(ack(two));
        }
    }

    @Test
    void whoSignsOutAtOneNodeIsCutOffAtTheOtherAndToldWhy() {
        List<SignedInView> people = register(8);
        List<LiveSocketClient> clients = people.stream().map(two::live).toList();

        people.forEach(person -> one.as(person).signOut());

        assertThat(clients).allSatisfy(live -> {
            assertThat(live.closed()).succeedsWithin(WITHIN).isEqualTo(SESSION_ENDED);
            assertThat(live.goAway()).succeedsWithin(WITHIN).satisfies(goAway -> assertThat(goAway.reason())
                    .isEqualTo(ProblemCode.SESSION_ENDED.wireName()));
            assertThat(live.replica().violations()).isEmpty();
        });
        assertThat(people).allSatisfy(person -> assertThat(
                        two.as(person).ask("GET", Routes.ME, null).statusCode())
                .isEqualTo(401));
    }

    private static ServerNode node(int i) {
        return i % 2 == 0 ? one : two;
    }

    private static List<SignedInView> register(int number) {
        return IntStream.range(0, number)
                .parallel()
                .mapToObj(i -> node(i).strangers().register("person"))
                .toList();
    }

    private static UUID group(List<SignedInView> people) {
        List<UUID> others =
                people.stream().skip(1).map(person -> person.user().id()).toList();
        return one.as(people.get(0)).openGroup("a group", others).id();
    }

    private static MessageView ack(CompletableFuture<ServerFrame> answer) {
        assertThat(answer).succeedsWithin(WITHIN).isInstanceOf(ServerFrame.Ack.class);
        return ((ServerFrame.Ack) answer.join()).message();
    }

    private static void assertDense(List<MessageView> history) {
        assertThat(history.stream().map(MessageView::seq))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        Set<UUID> ids = history.stream().map(MessageView::clientMessageId).collect(Collectors.toSet());
        assertThat(ids).hasSameSizeAs(history);
    }

    private static void assertHolds(List<LiveSocketClient> clients, UUID conversation, List<MessageView> history) {
        assertThat(clients).allSatisfy(client -> {
            await().atMost(WITHIN)
                    .until(() -> client.replica().messages(conversation).size() >= history.size());
            assertThat(client.replica().messages(conversation)).isEqualTo(history);
            assertThat(client.replica().violations()).isEmpty();
        });
    }
}
