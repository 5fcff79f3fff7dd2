package io.parley.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.ChangeFeed;
import io.parley.domain.log.ChangeFeed.Signal;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.infra.Node;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** A publisher, a feed that listens, and two logs of their own for each test. */
abstract class KafkaFixture {
    static final Duration TIMEOUT = Duration.ofSeconds(40);
    static final Duration NEVER = Duration.ofHours(1);
    static final Duration OFTEN = Duration.ofMillis(300);

    final Admin admin = Node.first().get(Admin.class);
    final KafkaClients clients = Node.first().get(KafkaClients.class);
    final ChangesTopic topic = Node.first().get(ChangesTopic.class);
    final KafkaChangePublisher publisher = new KafkaChangePublisher(clients);
    final Disposable.Composite running = Disposables.composite();
    final UUID epoch = UUID.randomUUID();
    final LogId log = new LogId(UUID.randomUUID());
    final LogId other = new LogId(UUID.randomUUID());
    final Listener listener = new Listener(NEVER, id -> id.equals(log) || id.equals(other));

    @BeforeEach
    void start() {
        listener.follow();
        listener.awaitPositioned(1);
    }

    @AfterEach
    void stop() {
        running.dispose();
    }

    List<Long> publish(EncodedChange... changes) {
        return publish(List.of(changes));
    }

    /** What was confirmed; assembled and subscribed where nothing may block. */
    List<Long> publish(List<EncodedChange> changes) {
        return publisher
                .publish(Flux.fromIterable(changes))
                .map(EncodedChange::offset)
                .collectList()
                .subscribeOn(Schedulers.parallel())
                .block(TIMEOUT);
    }

    void send(@Nullable String key, byte @Nullable [] value, Map<String, String> headers, int partition) {
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

    static Map<String, String> headers(EncodedChange change) {
        Map<String, String> headers = new TreeMap<>();
        ChangeRecords.write(change)
                .headers()
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.US_ASCII)));
        assertThat(headers).hasSize(6);
        return headers;
    }

    int partitionOf(LogId log) {
        byte[] bytes = log.toString().getBytes(StandardCharsets.UTF_8);
        int partitions = topic.layout().block(TIMEOUT).partitions().size();
        return org.apache.kafka.clients.producer.internals.BuiltInPartitioner.partitionForKey(bytes, partitions);
    }

    List<EncodedChange> changes(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(offset -> change(log, offset))
                .toList();
    }

    EncodedChange change(LogId log, long offset) {
        LogEntry entry = new LogEntry(log, offset, ItemKind.MESSAGE, new UUID(7, offset), Reason.CREATED);
        return new EncodedChange(
                epoch, entry, offset, ("{\"offset\":" + offset + "}").getBytes(StandardCharsets.UTF_8));
    }

    static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    /** One node's feed, and what came out of it. */
    final class Listener {
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
            running.add(feed.follow(this::listeners)
                    .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200)))
                    .subscribe(signals::add));
        }

        private List<ChangeFeed.Listener> listeners(LogId log) {
            asked.add(log);
            return wanted.test(log) ? List.of(heard::add) : List.of();
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
