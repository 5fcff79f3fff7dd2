package io.parley.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.EncodedChange;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class KafkaOutagesIT extends KafkaFixture {

    @Test
    @Tag("publish-5")
    void whileKafkaIsAwayNothingIsConfirmedAndThenItGoesOn() {
        Queue<Long> confirmed = new ConcurrentLinkedQueue<>();
        Sinks.Many<EncodedChange> offered = Sinks.many().unicast().onBackpressureBuffer();
        running.add(publisher.publish(offered.asFlux()).subscribe(change -> confirmed.add(change.offset())));
        offered.tryEmitNext(change(log, 1)).orThrow();
        Awaitility.await().atMost(TIMEOUT).until(() -> confirmed.contains(1L));

        Servers.without(EmbeddedServer.KAFKA, () -> {
            offered.tryEmitNext(change(log, 2)).orThrow();
            Awaitility.await().during(Duration.ofSeconds(6)).atMost(TIMEOUT).until(() -> confirmed.size() == 1);
            StepVerifier.create(publisher.publish(Flux.just(change(log, 3))))
                    .expectError()
                    .verify(TIMEOUT);
        });

        AtomicLong next = new AtomicLong(100);
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            offered.tryEmitNext(change(log, next.incrementAndGet())).orThrow();
            return confirmed.size() > 1;
        });
        assertThat(confirmed).as("was given up").doesNotContain(2L);
        offered.tryEmitComplete().orThrow();
        assertThat(publish(change(log, 10_000))).containsExactly(10_000L);
        Awaitility.await().atMost(TIMEOUT).until(() -> listener.offsets(log).contains(10_000L));
        assertThat(listener.offsets(log)).isSorted();
        assertThat(listener.feed.isPositioned()).isTrue();
    }

    @Test
    void afterKafkaWasKilledTheFeedMissesNothing() {
        publish(changes(1, 5));
        listener.awaitHeard(5);

        Servers.withoutKilled(EmbeddedServer.KAFKA, () -> {});

        Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> publish(change(log, 6)).size() == 1);
        publish(changes(7, 9));
        Awaitility.await().atMost(TIMEOUT).until(() -> listener.offsets(log).contains(9L));
        assertThat(listener.offsets(log).stream().distinct()).containsExactlyElementsOf(numbers(1, 9));
    }

    /** The data of a partition is gone, as after the loss of a disk: the position is beyond the end, or before the start. */
    @Test
    void aTopicThatWasDeletedIsCreatedAndThePositionToldAgain() {
        Listener watching = new Listener(OFTEN, log::equals);
        watching.follow();
        watching.awaitPositioned(1);
        publish(changes(1, 20));
        watching.awaitHeard(20);

        deleteTopic();
        watching.awaitPositioned(2);

        Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> publish(change(log, 21)).size() == 1);
        Awaitility.await().atMost(TIMEOUT).until(() -> watching.offsets(log).contains(21L));
    }

    /** Without the check of the topic: the consumer itself must notice. */
    @Test
    void aTopicThatWasDeletedAndCreatedByAnotherNodeIsNoticedByTheConsumer() {
        publish(changes(1, 20));
        listener.awaitHeard(20);

        deleteTopic();
        topic.ensure().block(TIMEOUT);
        listener.awaitPositioned(2);

        Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> publish(change(log, 21)).size() == 1);
        Awaitility.await().atMost(TIMEOUT).until(() -> listener.offsets(log).contains(21L));
    }

    @Test
    @Tag("deliver-9")
    void afterRestartWithADeletedTopicThePositionIsToldAgain() {
        Listener watching = new Listener(OFTEN, log::equals);
        watching.follow();
        watching.awaitPositioned(1);
        publish(changes(1, 20));
        watching.awaitHeard(20);

        deleteTopic();
        Servers.withoutKilled(EmbeddedServer.KAFKA, () -> {});
        watching.awaitPositioned(2);

        Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptions()
                .until(() -> publish(change(log, 21)).size() == 1);
        Awaitility.await().atMost(TIMEOUT).until(() -> watching.offsets(log).contains(21L));
    }

    @Test
    @Tag("deliver-7")
    void newPartitionsAreRead() {
        Listener watching = new Listener(OFTEN, id -> true);
        watching.follow();
        watching.awaitPositioned(1);
        int partitions = topic.layout().block(TIMEOUT).partitions().size();

        ChangesTopic.mono(() -> admin.createPartitions(
                                Map.of(ChangesTopic.NAME, NewPartitions.increaseTo(partitions + 1)))
                        .all())
                .block(TIMEOUT);
        watching.awaitPositioned(2);
        send(log.toString(), new byte[0], headers(change(log, 1)), partitions);

        Awaitility.await().atMost(TIMEOUT).until(() -> watching.offsets(log).contains(1L));
        deleteTopic();
        topic.ensure().block(TIMEOUT);
    }

    @Test
    void twoNodesMayCreateTheTopicAtOnce() {
        running.dispose();
        deleteTopic();

        StepVerifier.create(Mono.when(
                        topic.ensure(), Node.second().get(ChangesTopic.class).ensure()))
                .expectComplete()
                .verify(TIMEOUT);

        Awaitility.await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> assertThat(
                        topic.layout().block(TIMEOUT).partitions())
                .hasSize(3));
        StepVerifier.create(topic.ensure()).expectComplete().verify(TIMEOUT);
    }

    private void deleteTopic() {
        ChangesTopic.mono(() -> admin.deleteTopics(List.of(ChangesTopic.NAME)).all())
                .block(TIMEOUT);
        Awaitility.await().atMost(TIMEOUT).until(this::isTopicGone);
    }

    private boolean isTopicGone() {
        return Boolean.TRUE.equals(topic.layout()
                .map(there -> false)
                .onErrorReturn(UnknownTopicOrPartitionException.class, true)
                .block(TIMEOUT));
    }
}
