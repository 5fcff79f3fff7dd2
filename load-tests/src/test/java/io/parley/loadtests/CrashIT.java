package io.parley.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.api.MessageView;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.SignedInView;
import io.parley.embedded.EmbeddedServer;
import io.parley.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/** Whatever dies, nothing that was acknowledged is lost, and nothing is there twice. */
@Isolated("stops the servers that all others use")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("always-1")
class CrashIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int SOME = 15;

    private static EmbeddedServers servers;
    private static Outbox outbox;
    private static ServerNode one;
    private static ServerNode two;
    private static ServerNode doomed;

    private final List<SignedInView> people = Stream.of("ada", "bob", "carl")
            .map(name -> one.strangers().register(name))
            .toList();
    private final UUID conversation =
            one.as(people.get(0)).openGroup("crashes", others()).id();

    private List<UUID> others() {
        return people.stream().skip(1).map(person -> person.user().id()).toList();
    }

    @BeforeAll
    static void startAll() {
        servers = EmbeddedServers.attach();
        outbox = new Outbox(servers.settings());
        one = Nodes.start("crash-one", servers.settings());
        two = Nodes.start("crash-two", servers.settings());
        doomed = Nodes.start("crash-doomed", servers.settings());
        Stream.of(one, two, doomed).forEach(node -> node.awaitReady(READY_WITHIN));
    }

    @AfterEach
    void startEverythingAgain() {
        Stream.of(EmbeddedServer.values()).forEach(servers::start);
    }

    @AfterAll
    static void closeAll() {
        Stream.of(one, two, doomed).forEach(ServerNode::close);
        servers.close();
    }

    @Test
    @Tag("publish-6")
    @Order(1)
    void whatANodeStoredAndDidNotPublishBeforeItWasKilledIsToldByOthers() {
        try (LiveSocketClient listener = two.live(people.get(1))) {
            servers.stop(EmbeddedServer.KAFKA);
            List<MessageView> acknowledged = IntStream.range(0, SOME)
                    .mapToObj(i -> doomed.as(people.get(0)).send(conversation, "unpublished " + i))
                    .toList();
            doomed.kill();
            assertThat(outbox.rows()).hasSizeGreaterThanOrEqualTo(SOME);
            servers.start(EmbeddedServer.KAFKA);

            await().atMost(WITHIN)
                    .until(() -> listener.replica().messages(conversation).equals(acknowledged));
            await().atMost(WITHIN).untilAsserted(() -> assertThat(outbox.rows()).isEmpty());
            MessageView last = one.as(people.get(0)).send(conversation, "published");
            await().atMost(WITHIN)
                    .until(() -> listener.replica().messages(conversation).contains(last));
            assertThat(listener.replica().violations()).isEmpty();
            assertThat(listener.replica().gaps(conversation)).isZero();
        }
    }

    @Test
    @Tag("deliver-9")
    @Order(2)
    void withoutKafkaMessagesAreTakenAndDeliveredAndNothingIsMissedAfterwards() {
        List<Talker> talkers = talk();
        servers.stop(EmbeddedServer.KAFKA);
        awaitMore(talkers, SOME);
        MessageView meanwhile = one.as(people.get(0)).send(conversation, "without Kafka");
        assertThat(talkers).allSatisfy(talker -> await().atMost(WITHIN)
                .until(() -> talker.replica().messages(conversation).contains(meanwhile)));
        servers.start(EmbeddedServer.KAFKA);
        awaitMore(talkers, SOME);

        assertNothingLost(talkers, List.of(meanwhile));
        await().atMost(WITHIN).untilAsserted(() -> assertThat(outbox.rows()).isEmpty());
        assertThat(talkers).allSatisfy(talker -> assertThat(talker.setbacks()).isEmpty());
    }

    @Test
    @Order(3)
    void withoutRedisMessagesFlowAndWhoSignedOutStaysOut() {
        SignedInView before = one.strangers().register("signed-out-before");
        SignedInView meanwhile = one.strangers().register("signed-out-meanwhile");
        assertThat(status(two, before)).isEqualTo(200);
        assertThat(status(two, meanwhile)).isEqualTo(200);
        one.as(before).signOut();
        List<Talker> talkers = talk();

        servers.stop(EmbeddedServer.REDIS);
        awaitMore(talkers, SOME);
        one.as(meanwhile).signOut();
        assertSignedOut(before, meanwhile);
        servers.start(EmbeddedServer.REDIS);
        assertSignedOut(before, meanwhile);
        awaitMore(talkers, SOME);
        assertSignedOut(before, meanwhile);

        assertNothingLost(talkers, List.of());
    }

    private static void assertSignedOut(SignedInView... people) {
        for (ServerNode node : List.of(one, two)) {
            assertThat(people)
                    .allSatisfy(person -> assertThat(status(node, person)).isEqualTo(401));
        }
    }

    private static int status(ServerNode node, SignedInView person) {
        return node.as(person).ask("GET", Routes.ME, null).statusCode();
    }

    @Test
    @Tag("write-4")
    @Order(4)
    void aKilledDatabaseLosesNothingAndMakesNothingTwice() {
        List<Talker> talkers = talk();
        servers.kill(EmbeddedServer.POSTGRES);
        assertThat(one.as(people.get(0))
                        .answerTo(conversation, UUID.randomUUID(), "nobody stores this")
                        .body())
                .contains(ProblemCode.STORE_UNAVAILABLE.wireName());
        servers.start(EmbeddedServer.POSTGRES);
        awaitMore(talkers, SOME);

        assertNothingLost(talkers, List.of());
        assertThat(talkers).anySatisfy(talker -> assertThat(talker.setbacks()).isNotEmpty());
    }

    @Test
    @Tag("always-9")
    @Order(5)
    void whoTalksToANodeThatIsKilledGoesOnAtAnother() {
        List<Talker> talkers = talk();
        two.kill();
        awaitMore(talkers, SOME);

        assertNothingLost(talkers, List.of());
        assertThat(talkers).anySatisfy(talker -> assertThat(talker.setbacks()).isNotEmpty());
    }

    /** People at both nodes who talk all the time, and have begun to. */
    private List<Talker> talk() {
        List<Talker> talkers = IntStream.range(0, people.size())
                .mapToObj(i ->
                        Talker.connect(i % 2 == 0 ? List.of(one, two) : List.of(two, one), people.get(i), conversation))
                .toList();
        talkers.forEach(Talker::start);
        awaitMore(talkers, SOME);
        return talkers;
    }

    private static void awaitMore(List<Talker> talkers, int more) {
        List<Integer> goals =
                talkers.stream().map(talker -> talker.count() + more).toList();
        await().atMost(WITHIN.multipliedBy(2)).until(() -> IntStream.range(0, goals.size())
                .allMatch(i -> talkers.get(i).count() >= goals.get(i)));
    }

    /** Stops the talkers; then everybody holds everything that was acknowledged, and nothing else. */
    private void assertNothingLost(List<Talker> talkers, List<MessageView> besides) {
        Set<MessageView> acknowledged = Stream.concat(
                        talkers.stream().map(Talker::stop).flatMap(List::stream), besides.stream())
                .collect(Collectors.toSet());
        List<MessageView> history = one.as(people.get(0)).history(conversation);

        assertThat(Set.copyOf(history)).hasSameSizeAs(history).isEqualTo(acknowledged);
        assertThat(history.stream().map(MessageView::seq))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, history.size()).boxed().toList());
        assertThat(talkers).allSatisfy(talker -> {
            await().atMost(WITHIN)
                    .until(() -> talker.replica().messages(conversation).size() >= history.size());
            assertThat(talker.replica().messages(conversation)).isEqualTo(history);
            assertThat(talker.replica().violations()).isEmpty();
            talker.close();
        });
    }
}
