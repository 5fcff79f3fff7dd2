package io.parley.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.ChangeFeed.Signal;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.Producer;
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
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.util.retry.Retry;

class KafkaChangesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(40);
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration OFTEN = Duration.ofMillis(300);

    private final Admin admin = Node.first().get(Admin.class);
    private final KafkaClients clients = Node.first().get(KafkaClients.class);
    private final ChangesTopic topic = Node.first().get(ChangesTopic.class);
    private final KafkaChangePublisher publisher = new KafkaChangePublisher(clients);
    private final Disposable.Composite running = Disposables.composite();
    private final UUID epoch = UUID.randomUUID();
    private final LogId log = new LogId(UUID.randomUUID());
    private final LogId other = new LogId(UUID.randomUUID());
    private final Listener listener = new Listener(NEVER, id -> id.equals(log) || id.equals(other));

    @BeforeEach
    void start() {
        listener.follow();
        listener.awaitPositioned(1);
    }

    @AfterEach
    void stop() {
        running.dispose();
    }

    @Test
    void everyNodeHearsEveryChangeOnceInOrder() {
        Listener elsewhere = new Listener(NEVER, log::equals);
        elsewhere.follow();
        elsewhere.awaitPositioned(1);

        assertThat(publish(changes(1, 500))).isEqualTo(numbers(1, 500));

        listener.awaitHeard(500);
        elsewhere.awaitHeard(500);
        assertThat(listener.offsets(log)).isEqualTo(numbers(1, 500));
        assertThat(elsewhere.offsets(log)).isEqualTo(numbers(1, 500));
        assertThat(listener.signals).containsExactly(Signal.POSITIONED);
    }

    @Test
    void eachLogKeepsItsOrderAndSoDoConfirmations() {
        List<EncodedChange> changes = LongStream.rangeClosed(1, 3_000)
                .boxed()
                .flatMap(offset -> List.of(change(log, offset), change(other, offset)).stream())
                .toList();

        StepVerifier.create(publisher.publish(Flux.fromIterable(changes)).collectList())
                .assertNext(confirmed -> assertThat(confirmed).isEqualTo(changes))
                .expectComplete()
                .verify(TIMEOUT);

        listener.awaitHeard(6_000);
        assertThat(listener.offsets(log)).isEqualTo(numbers(1, 3_000));
        assertThat(listener.offsets(other)).isEqualTo(numbers(1, 3_000));
    }

    @Test
    void aChangeArrivesAsItWasSent() {
        LogEntry entry = new LogEntry(log, 9_007_199_254_740_993L, ItemKind.SESSION, UUID.randomUUID(), Reason.REVOKED);
        byte[] wire = {0, 1, (byte) 0xff, '\n'};
        publish(new EncodedChange(epoch, entry, 17, wire));

        listener.awaitHeard(1);
        EncodedChange heard = listener.heard.element();
        assertThat(heard.epoch()).isEqualTo(epoch);
        assertThat(heard.entry()).isEqualTo(entry);
        assertThat(heard.seq()).isEqualTo(17);
        assertThat(heard.wire()).isEqualTo(wire);
    }

    @Test
    void aChangeOfAnotherLifeOfTheStoreIsHandedOn() {
        UUID former = UUID.randomUUID();
        publish(new EncodedChange(former, change(log, 3).entry(), 0, new byte[0]));

        listener.awaitHeard(1);
        assertThat(listener.heard.element().epoch()).isEqualTo(former);
    }

    @Test
    void whatNobodyWantsIsDismissedByItsKey() {
        LogId unwanted = new LogId(UUID.randomUUID());
        publish(change(unwanted, 1));
        // Foreign, but nobody has looked.
        send(unwanted.toString(), null, Map.of(), partitionOf(log));
        publish(change(log, 1));

        listener.awaitHeard(1);
        assertThat(listener.asked).contains(unwanted, log);
        assertThat(listener.heard).extracting(EncodedChange::log).containsExactly(log);
    }

    @Test
    void aFeedBeginsAtTheEnd() {
        publish(changes(1, 3));
        listener.awaitHeard(3);
        Listener late = new Listener(NEVER, log::equals);

        late.follow();
        late.awaitPositioned(1);
        publish(change(log, 4));

        late.awaitHeard(1);
        assertThat(late.offsets(log)).containsExactly(4L);
    }

    @Test
    void foreignRecordsAreIgnored() {
        byte[] wire = {'{', '}'};
        Map<String, String> good = headers(change(log, 5));
        int partition = partitionOf(log);
        send(null, wire, good, partition);
        send("lobby", wire, good, partition);
        send("1-1-1-1-1", wire, good, partition);
        send(log.toString(), null, good, partition);
        send(log.toString(), wire, Map.of(), partition);
        for (String name : good.keySet()) {
            send(log.toString(), wire, without(good, name), partition);
            send(log.toString(), wire, with(good, name, ""), partition);
            send(log.toString(), wire, with(good, name, "-1"), partition);
            send(log.toString(), wire, with(good, name, "of a newer node"), partition);
        }
        send(log.toString(), wire, with(good, ChangeRecords.OFFSET, "0"), partition);
        send(log.toString(), wire, good, partition);
        publish(change(log, 7));

        listener.awaitHeard(2);
        assertThat(listener.offsets(log)).containsExactly(5L, 7L);
        assertThat(listener.signals).as("the feed did not have to start again").hasSize(1);
    }

    @Test
    void aStoppedFeedIsNotPositioned() {
        assertThat(listener.feed.isPositioned()).isTrue();
        running.dispose();

        assertThat(listener.feed.isPositioned()).isFalse();
    }

    @Test
    void publishingNeverBlocksItsCallerAndTakesNoMoreThanItsBound() {
        AtomicLong taken = new AtomicLong();
        Flux<EncodedChange> endless = Flux.<EncodedChange>generate(
                        sink -> sink.next(change(other, taken.incrementAndGet())))
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(publisher.publish(endless).subscribeOn(Schedulers.parallel()), 0)
                .expectSubscription()
                .then(() -> Awaitility.await()
                        .atMost(TIMEOUT)
                        .until(() -> taken.get() > KafkaChangePublisher.MAX_IN_FLIGHT))
                .expectNoEvent(Duration.ofSeconds(1))
                .then(() -> assertThat(taken).hasValueLessThanOrEqualTo(3L * KafkaChangePublisher.MAX_IN_FLIGHT))
                .thenRequest(10_000)
                .expectNextCount(10_000)
                .thenCancel()
                .verify(TIMEOUT);
    }

    /** What is given up is missing in the answer, and the others are not held up by it. */
    @Test
    void whatCannotBeSentIsLeftOut() {
        byte[] tooLarge = new byte[2_000_000];
        EncodedChange large = new EncodedChange(epoch, change(log, 2).entry(), 0, tooLarge);

        assertThat(publish(change(log, 1), large, change(log, 3))).containsExactly(1L, 3L);
    }

    @Test
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

    private List<Long> publish(EncodedChange... changes) {
        return publish(List.of(changes));
    }

    /** What was confirmed; assembled and subscribed where nothing may block. */
    private List<Long> publish(List<EncodedChange> changes) {
        return publisher
                .publish(Flux.fromIterable(changes))
                .map(EncodedChange::offset)
                .collectList()
                .subscribeOn(Schedulers.parallel())
                .block(TIMEOUT);
    }

    private void send(@Nullable String key, byte @Nullable [] value, Map<String, String> headers, int partition) {
        List<Header> written = headers.entrySet().stream()
                .<Header>map(header ->
                        new RecordHeader(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList();
        try (Producer<String, byte[]> producer = clients.producer()) {
            producer.send(new ProducerRecord<>(ChangesTopic.NAME, partition, null, key, value, written))
                    .get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception error) {
            throw new AssertionError(error);
        }
    }

    private static Map<String, String> headers(EncodedChange change) {
        Map<String, String> headers = new TreeMap<>();
        ChangeRecords.write(change)
                .headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.US_ASCII)));
        assertThat(headers).hasSize(6);
        return headers;
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> copy = new TreeMap<>(headers);
        copy.put(name, value);
        return copy;
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        Map<String, String> copy = new TreeMap<>(headers);
        copy.remove(name);
        return copy;
    }

    private int partitionOf(LogId log) {
        byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
        int partitions = topic.layout().block(TIMEOUT).partitions().size();
        return org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(bytes, partitions);
    }

    private List<EncodedChange> changes(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(offset -> change(log, offset))
                .toList();
    }

    private EncodedChange change(LogId log, long offset) {
        LogEntry entry = new LogEntry(log, offset, ItemKind.MESSAGE, new UUID(7, offset), Reason.CREATED);
        return new EncodedChange(
                epoch, entry, offset, ("{\"offset\":" + offset + "}").getBytes(StandardCharsets.UTF_8));
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** One node's feed, and what came out of it. */
    private final class Listener {
        final KafkaChangeFeed feed;
        final Predicate<LogId> wanted;
        final Queue<LogId> asked = new ConcurrentLinkedQueue<>();
        final Queue<EncodedChange> heard = new ConcurrentLinkedQueue<>();
        final Queue<Signal> signals = new ConcurrentLinkedQueue<>();

        Listener(Duration check, Predicate<LogId> wanted) {
            this.feed = new KafkaChangeFeed(clients, topic, check);
            this.wanted = wanted;
        }

        /** As the domain does it: whatever fails is followed again. */
        void follow() {
            running.add(feed.follow(this::ask, heard::add)
                    .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200)))
                    .subscribe(signals::add));
        }

        private boolean ask(LogId log) {
            asked.add(log);
            return wanted.test(log);
        }

        void awaitPositioned(int times) {
            Awaitility.await().atMost(TIMEOUT).until(() -> signals.size() >= times && feed.isPositioned());
        }

        void awaitHeard(int count) {
            Awaitility.await().atMost(TIMEOUT).until(() -> heard.size() >= count);
        }

        List<Long> offsets(LogId log) {
            return heard.stream()
                    .filter(change -> change.log().equals(log))
                    .map(EncodedChange::offset)
                    .toList();
        }
    }
}
