package io.parley.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.live.EncodedChange;
import io.parley.domain.pipeline.Pipeline;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.kafka.sender.KafkaSender;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

class KafkaChangesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Admin admin = Node.first().get(Admin.class);
    private final KafkaClients clients = Node.first().get(KafkaClients.class);
    private final ChangesTopic topic = Node.first().get(ChangesTopic.class);
    private final KafkaChangePublisher publisher = new KafkaChangePublisher(clients);
    private final KafkaChangeFeed feed = new KafkaChangeFeed(clients, topic);
    private final Disposable.Composite running = Disposables.composite();
    private final String log = UUID.randomUUID().toString();
    private final Queue<EncodedChange> heard = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() {
        listen(feed, heard);
        keepRunning(publisher);
    }

    @AfterEach
    void stop() {
        running.dispose();
    }

    @Test
    void everyNodeHearsEveryChangeOnceInOrder() {
        Queue<EncodedChange> elsewhere = new ConcurrentLinkedQueue<>();
        listen(new KafkaChangeFeed(clients, topic), elsewhere);

        offer(1, 500);

        awaitHeard(heard, 500);
        awaitHeard(elsewhere, 500);
        assertThat(offsets(heard)).isEqualTo(range(1, 500));
        assertThat(offsets(elsewhere)).isEqualTo(range(1, 500));
        assertThat(heard).allSatisfy(change -> assertThat(new String(change.wire(), StandardCharsets.UTF_8))
                .isEqualTo("{\"offset\":" + change.offset() + "}"));
    }

    @Test
    void eachLogKeepsItsOrder() {
        String other = UUID.randomUUID().toString();
        for (long offset = 1; offset <= 100; offset++) {
            assertThat(publisher.offer(change(log, offset))).isTrue();
            assertThat(publisher.offer(change(other, offset))).isTrue();
        }

        awaitHeard(heard, 200);
        assertThat(offsets(heard)).isEqualTo(range(1, 100));
        assertThat(heard.stream().filter(change -> change.logId().equals(other)).map(EncodedChange::offset))
                .containsExactlyElementsOf(range(1, 100));
    }

    @Test
    void aFeedBeginsAtTheEnd() {
        offer(1, 3);
        awaitHeard(heard, 3);
        Queue<EncodedChange> late = new ConcurrentLinkedQueue<>();

        listen(new KafkaChangeFeed(clients, topic), late);
        offer(4, 1);

        awaitHeard(late, 1);
        assertThat(offsets(late)).containsExactly(4L);
    }

    @Test
    void foreignRecordsAreSkipped() {
        byte[] wire = "{}".getBytes(StandardCharsets.UTF_8);
        send(log, wire, null);
        send(null, wire, "1");
        send(log, null, "2");
        send(log, wire, "three");
        send(log, wire, "");
        offer(7, 1);

        awaitHeard(heard, 1);
        assertThat(offsets(heard)).containsExactly(7L);
        assertThat(feed.isPositioned())
                .as("the feed did not have to start again")
                .isTrue();
    }

    @Test
    void aStoppedFeedIsNotPositioned() {
        running.dispose();

        assertThat(feed.isPositioned()).isFalse();
    }

    @Test
    void offeringNeverBlocksAndStopsAtTheBound() {
        KafkaChangePublisher idle = new KafkaChangePublisher(clients);

        StepVerifier.create(offerUntilFull(idle))
                .expectNext(1_024L)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(idle.offer(change(log, 1))).isFalse();

        keepRunning(idle);
        awaitHeard(heard, 1_024);
        assertThat(offsets(heard)).as("what was taken is sent").isEqualTo(range(1, 1_024));
        assertThat(idle.offer(change(log, 1))).isTrue();
    }

    @Test
    void manyThreadsMayOfferAtOnce() {
        Flux<Boolean> offering = Flux.range(1, 800)
                .flatMap(
                        offset -> Mono.fromCallable(() -> publisher.offer(change(log, offset)))
                                .subscribeOn(Schedulers.parallel()),
                        16);

        StepVerifier.create(offering.all(taken -> taken))
                .expectNext(true)
                .expectComplete()
                .verify(TIMEOUT);
        awaitHeard(heard, 800);
        assertThat(offsets(heard)).containsExactlyInAnyOrderElementsOf(range(1, 800));
    }

    @Test
    void afterKafkaWasAwayNewChangesArrive() {
        offer(1, 1);
        awaitHeard(heard, 1);

        Servers.without(EmbeddedServer.KAFKA, () -> StepVerifier.create(offerUntilFull(publisher))
                .assertNext(taken -> assertThat(taken).isBetween(1_024L, 2_048L))
                .expectComplete()
                .verify(TIMEOUT));

        AtomicLong next = new AtomicLong(1_000_000);
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            publisher.offer(change(log, next.incrementAndGet()));
            return offsets(heard).stream().anyMatch(offset -> offset > 1_000_000);
        });
        long last = next.incrementAndGet();
        assertThat(publisher.offer(change(log, last))).isTrue();
        Awaitility.await().atMost(TIMEOUT).until(() -> offsets(heard).contains(last));
        assertThat(offsets(heard)).isSorted();
    }

    @Test
    void twoNodesMayCreateTheTopicAtOnce() {
        running.dispose();
        ChangesTopic.mono(() -> admin.deleteTopics(List.of(ChangesTopic.NAME)).all())
                .block(TIMEOUT);
        Awaitility.await().atMost(TIMEOUT).until(this::isTopicGone);

        StepVerifier.create(Mono.when(
                        topic.ensure(), Node.second().get(ChangesTopic.class).ensure()))
                .expectComplete()
                .verify(TIMEOUT);

        Awaitility.await().atMost(TIMEOUT).ignoreExceptions().untilAsserted(() -> assertThat(
                        topic.partitions().block(TIMEOUT))
                .hasSize(3));
        StepVerifier.create(topic.ensure()).expectComplete().verify(TIMEOUT);
    }

    private boolean isTopicGone() {
        return Boolean.TRUE.equals(topic.partitions()
                .map(there -> false)
                .onErrorReturn(UnknownTopicOrPartitionException.class, true)
                .block(TIMEOUT));
    }

    private void listen(KafkaChangeFeed node, Queue<EncodedChange> changes) {
        running.add(node.changes().subscribe(changes::add));
        keepRunning(node);
        Awaitility.await().atMost(TIMEOUT).until(node::isPositioned);
    }

    /** As the workers do it: whatever ends is run again. */
    private void keepRunning(Pipeline pipeline) {
        running.add(pipeline.run()
                .repeat()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200)))
                .subscribe());
    }

    /** Value: how many were taken until one was not; on a thread that must not block. */
    private Mono<Long> offerUntilFull(KafkaChangePublisher full) {
        return Flux.range(1, 10_000)
                .map(offset -> full.offer(change(log, offset)))
                .takeWhile(taken -> taken)
                .count()
                .subscribeOn(Schedulers.parallel());
    }

    private void offer(long first, int count) {
        range(first, first + count - 1).forEach(offset -> assertThat(publisher.offer(change(log, offset)))
                .isTrue());
    }

    private void send(@Nullable String key, byte @Nullable [] value, @Nullable String offset) {
        List<Header> headers = offset == null
                ? List.of()
                : List.of(new RecordHeader(KafkaChangeFeed.OFFSET, offset.getBytes(StandardCharsets.UTF_8)));
        KafkaSender<String, byte[]> sender = KafkaSender.create(clients.sender());
        try {
            // All on one partition, so that what comes later is heard later.
            int partition = partitionOf(log);
            sender.createOutbound()
                    .send(Mono.just(new ProducerRecord<>(ChangesTopic.NAME, partition, null, key, value, headers)))
                    .then()
                    .block(TIMEOUT);
        } finally {
            sender.close();
        }
    }

    private int partitionOf(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        int partitions = topic.partitions().block(TIMEOUT).size();
        return org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(bytes, partitions);
    }

    private void awaitHeard(Queue<EncodedChange> changes, int count) {
        Awaitility.await().atMost(TIMEOUT).until(() -> changes.size() >= count);
    }

    /** Of the log of this test. */
    private List<Long> offsets(Queue<EncodedChange> changes) {
        return changes.stream()
                .filter(change -> change.logId().equals(log))
                .map(EncodedChange::offset)
                .toList();
    }

    private static EncodedChange change(String log, long offset) {
        return new EncodedChange(log, offset, ("{\"offset\":" + offset + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
