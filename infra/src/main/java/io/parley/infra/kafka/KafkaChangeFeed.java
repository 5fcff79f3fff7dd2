package io.parley.infra.kafka;

import io.parley.domain.log.ChangeFeed;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogId;
import io.parley.infra.kafka.ChangesTopic.Layout;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.kafka.receiver.KafkaReceiver;

/** Hears the changes of all nodes: one consumer per node, all partitions, from their ends on. */
final class KafkaChangeFeed implements ChangeFeed {
    private static final Logger log = LoggerFactory.getLogger(KafkaChangeFeed.class);

    private final KafkaClients clients;
    private final ChangesTopic topic;
    private final Duration checkInterval;
    private volatile @Nullable Positions positions;

    /** @param checkInterval how often to look whether the topic has got more partitions, or is another one */
    KafkaChangeFeed(KafkaClients clients, ChangesTopic topic, Duration checkInterval) {
        this.clients = clients;
        this.topic = topic;
        this.checkInterval = checkInterval;
    }

    @Override
    public Flux<Signal> follow(Function<LogId, ? extends List<? extends Listener>> listeners) {
        return topic.ensure()
                .then(topic.layout())
                .flatMapMany(layout -> read(layout, new Reader(listeners)))
                .doFinally(end -> positions = null);
    }

    /** Whether changes that are published from now on will be heard. */
    boolean isPositioned() {
        Positions present = positions;
        return present != null && present.areFixed();
    }

    private Flux<Signal> read(Layout layout, Reader reader) {
        Positions fresh = new Positions();
        positions = fresh;
        Flux<Signal> missed = KafkaReceiver.create(
                        clients.receiver(layout.partitions()).addAssignListener(fresh::fixAtEnd))
                .receive()
                .doOnNext(reader::take)
                .filter(record -> !fresh.follows(record))
                .doOnNext(record -> log.warn("records are missing before {}-{}", record.partition(), record.offset()))
                .map(record -> Signal.POSITIONED);
        return Flux.merge(fresh.whenFixed().map(fixed -> Signal.POSITIONED), missed, failWhenChanged(layout));
    }

    /** The consumer itself notices neither new partitions nor a new topic that is longer than the old one was. */
    private Flux<Signal> failWhenChanged(Layout layout) {
        return Flux.interval(checkInterval)
                .onBackpressureDrop()
                .concatMap(tick -> layoutIfKnown())
                .filter(now -> !now.equals(layout))
                .flatMap(now -> Mono.error(() -> new IllegalStateException("the topic is not what it was")), 1);
    }

    /** Value: the layout; none while Kafka is away; an error if the topic is gone. */
    private Mono<Layout> layoutIfKnown() {
        return topic.layout()
                .onErrorResume(error -> !(error instanceof UnknownTopicOrPartitionException), error -> Mono.empty());
    }

    /** Hands on what somebody follows: what nobody does costs a look at its key. */
    private record Reader(Function<LogId, ? extends List<? extends Listener>> listeners) {

        void take(ConsumerRecord<String, byte[]> record) {
            try {
                LogId id = ChangeRecords.log(record);
                List<? extends Listener> some = listeners.apply(id);
                if (!some.isEmpty()) {
                    EncodedChange change = ChangeRecords.read(id, record);
                    some.forEach(listener -> listener.hear(change));
                }
            } catch (IllegalArgumentException foreign) {
                log.warn("ignored a foreign record at {}-{}", record.partition(), record.offset());
            }
        }
    }
}
