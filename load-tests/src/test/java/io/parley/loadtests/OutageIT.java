package io.parley.loadtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.api.MessageView;
import io.parley.embedded.EmbeddedServer;
import io.parley.embedded.EmbeddedServers;
import io.parley.loadtests.Conversing.Notes;
import io.parley.loadtests.Conversing.Said;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/** Kafka away for a minute, and Kafka without its data: reliability F4 and F6, architecture 4.5 to 4.9. */
@Isolated("stops the servers that all others use")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Tag("always-1")
class OutageIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration PACE = Duration.ofMillis(200);

    /** More or less of it by {@code -Dparley.outage.seconds}. */
    private static final Duration AWAY = Duration.ofSeconds(Long.getLong("parley.outage.seconds", 60));

    /** Five seconds, and two for a machine that does other things besides. */
    private static final Duration DELIVERED_WITHIN = Duration.ofSeconds(5 + 2);

    private static final Duration PUBLISHED_WITHIN = Duration.ofMinutes(2);

    private static EmbeddedServers servers;
    private static Outbox outbox;
    private static ServerNode node;
    private static Metrics metrics;

    @BeforeAll
    static void startAll() {
        servers = EmbeddedServers.attach();
        outbox = new Outbox(servers.settings());
        node = Nodes.start("outage", servers.settings()).awaitReady(READY_WITHIN);
        metrics = new Metrics(node);
    }

    @AfterEach
    void startEverythingAgain() {
        servers.start(EmbeddedServer.KAFKA);
    }

    @AfterAll
    static void closeAll() {
        node.close();
        servers.close();
    }

    @Test
    @Tag("deliver-9")
    @Order(1)
    void withoutKafkaEverythingIsAcknowledgedAndDeliveredWithinSecondsAndPublishedAfterwards() {
        try (Conversing people = new Conversing(node, Notes.NONE)) {
            people.talk(PACE);
            awaitHeard(people, 10);
            double relayed = metrics.of("parley_relay_published_total");
            double holes = metrics.of("parley_holes_read_total");

            servers.stop(EmbeddedServer.KAFKA);
            pass(AWAY);
            assertThat(metrics.of("parley_outbox_size")).isGreaterThan(AWAY.toSeconds());
            assertThat(metrics.of("parley_outbox_age_seconds")).isGreaterThan(AWAY.toSeconds() / 2.0);
            assertThat(metrics.of("parley_holes_read_total")).isGreaterThan(holes);
            servers.start(EmbeddedServer.KAFKA);
            long back = System.nanoTime();
            await().atMost(PUBLISHED_WITHIN)
                    .until(() ->
                            outbox.rows().size() < AWAY.toSeconds() && metrics.of("parley_outbox_age_seconds") < 5);
            report("outbox caught up", back);
            people.finish(PUBLISHED_WITHIN);
            await().atMost(PUBLISHED_WITHIN).until(() -> outbox.rows().isEmpty());
            await().atMost(PUBLISHED_WITHIN).until(() -> metrics.of("parley_outbox_size") == 0);

            assertThat(metrics.of("parley_relay_published_total")).isGreaterThan(relayed);
            assertThat(people.said()).noneMatch(said -> said.failed);
            assertNothingLost(people);
            assertThat(people.said().map(Said::delay))
                    .allSatisfy(delay -> assertThat(delay).isLessThan(DELIVERED_WITHIN));
        }
    }

    @Test
    @Tag("deliver-9")
    @Order(2)
    void whenKafkaHasLostItsDataNothingIsLostAndDeliveryGoesOn() {
        try (Conversing people = new Conversing(node, Notes.NONE)) {
            people.talk(PACE);
            awaitHeard(people, 10);

            servers.stop(EmbeddedServer.KAFKA);
            servers.wipe(EmbeddedServer.KAFKA);
            servers.start(EmbeddedServer.KAFKA);
            long back = System.nanoTime();
            awaitHeard(people, 10);
            await().atMost(PUBLISHED_WITHIN)
                    .until(() -> metrics.of("parley_outbox_age_seconds") < 5
                            && outbox.rows().size() < 10);
            report("published again", back);
            awaitHeard(people, 10);
            people.finish(PUBLISHED_WITHIN);

            await().atMost(PUBLISHED_WITHIN).until(() -> outbox.rows().isEmpty());
            assertThat(people.said()).noneMatch(said -> said.failed);
            assertNothingLost(people);
            assertThat(people.said().map(Said::delay))
                    .allSatisfy(delay -> assertThat(delay).isLessThan(DELIVERED_WITHIN));
        }
    }

    private static void awaitHeard(Conversing people, int more) {
        int goal = people.held().size() + more;
        await().atMost(PUBLISHED_WITHIN).until(() -> people.held().size() >= goal);
    }

    /** Everything that was acknowledged is there, once, in the order in which it was said. */
    private static void assertNothingLost(Conversing people) {
        List<MessageView> history = people.history();
        assertThat(history)
                .hasSize((int) people.said().count())
                .containsExactlyInAnyOrderElementsOf(
                        people.said().map(said -> said.message).toList());
        assertThat(history).extracting(MessageView::clientMessageId).doesNotHaveDuplicates();
        assertThat(people.held()).isEqualTo(history);
        assertThat(people.gaps()).isZero();
        assertThat(people.violations()).isEmpty();
    }

    private static void report(String what, long since) {
        System.out.printf("%s %.1f s after Kafka was back%n", what, (System.nanoTime() - since) / 1e9);
    }

    private static void pass(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }
}
