package io.parley.infra.kafka;

import io.parley.domain.log.ChangePublisher;
import io.parley.domain.log.EncodedChange;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Sends changes to Kafka, with a producer for each subscription. Not with Reactor Kafka: its sender reports failures on
 * two threads at once, and fails at its end because of a record that it gave up long ago.
 */
final class KafkaChangePublisher implements ChangePublisher {
    static final int MAX_IN_FLIGHT = 1_024;

    private static final List<Class<? extends KafkaException>> OF_ONE_RECORD = List.of(
            RetriableException.class,
            RecordTooLargeException.class,
            RecordBatchTooLargeException.class,
            InvalidRecordException.class,
            SerializationException.class);

    private static final Logger log = LoggerFactory.getLogger(KafkaChangePublisher.class);

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    /** The producer waits on the thread that calls it: for its first sight of the topic, and when its buffer is full. */
    private final Scheduler sending = Schedulers.newBoundedElastic(1, MAX_IN_FLIGHT, "kafka-sender", 60, true);

    private final KafkaClients clients;

    KafkaChangePublisher(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public Flux<EncodedChange> publish(Flux<EncodedChange> changes) {
        return Flux.usingWhen(
                Mono.fromCallable(clients::producer).subscribeOn(sending),
                producer -> reached(producer).thenMany(sent(producer, changes)),
                this::close);
    }

    /** Completes when Kafka has shown the topic; fails if it does not. */
    private static Mono<Void> reached(Producer<String, byte[]> producer) {
        return Mono.fromRunnable(() -> producer.partitionsFor(ChangesTopic.NAME));
    }

    private Flux<EncodedChange> sent(Producer<String, byte[]> producer, Flux<EncodedChange> changes) {
        return changes.publishOn(sending, MAX_IN_FLIGHT)
                .flatMapSequential(change -> send(producer, change), MAX_IN_FLIGHT, 1);
    }

    /** Value: the change, once it is confirmed; none if it was given up. */
    private static Mono<EncodedChange> send(Producer<String, byte[]> producer, EncodedChange change) {
        return Mono.<EncodedChange>create(sink -> hand(producer, change, sink))
                .doOnError(error -> logFailure(change, error))
                .onErrorResume(KafkaChangePublisher::isOfThisRecord, error -> Mono.empty());
    }

    /** After any other error this producer may be good for nothing. */
    private static boolean isOfThisRecord(Throwable error) {
        return OF_ONE_RECORD.stream().anyMatch(type -> type.isInstance(error));
    }

    private static void hand(Producer<String, byte[]> producer, EncodedChange change, MonoSink<EncodedChange> sink) {
        Future<?> unused = producer.send(ChangeRecords.write(change), (place, error) -> {
            if (error == null) {
                sink.success(change);
            } else {
                sink.error(error);
            }
        });
    }

    private static void logFailure(EncodedChange change, Throwable error) {
        log.atWarn()
                .addKeyValue("logId", change.log())
                .addKeyValue("offset", change.offset())
                .log("change stored and not published: {}", error.toString());
    }

    private Mono<Void> close(Producer<String, byte[]> producer) {
        return Mono.<Void>fromRunnable(() -> producer.close(CLOSE_TIMEOUT)).subscribeOn(sending);
    }
}
