package io.parley.infra.kafka;

import io.parley.domain.live.ChangeFeed;
import io.parley.domain.live.EncodedChange;
import io.parley.domain.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.kafka.receiver.KafkaReceiver;
import reactor.kafka.receiver.ReceiverPartition;
import reactor.kafka.receiver.ReceiverRecord;

/** Hears the changes of all nodes: one consumer per node, all partitions, from their ends on. */
final class KafkaChangeFeed implements ChangeFeed, Pipeline {
    static final String OFFSET = "offset";

    private static final Logger log = LoggerFactory.getLogger(KafkaChangeFeed.class);

    private static final Pattern DECIMAL = Pattern.compile("[1-9][0-9]{0,17}");

    private final Sinks.Many<EncodedChange> followers = Sinks.many().multicast().directBestEffort();
    private final KafkaClients clients;
    private final ChangesTopic topic;
    private volatile boolean positioned;

    KafkaChangeFeed(KafkaClients clients, ChangesTopic topic) {
        this.clients = clients;
        this.topic = topic;
    }

    @Override
    public Flux<EncodedChange> changes() {
        return followers.asFlux();
    }

    /** Whether changes that are published from now on will be heard. */
    boolean isPositioned() {
        return positioned;
    }

    @Override
    public String name() {
        return "change feed";
    }

    @Override
    public Mono<Void> run() {
        return topic.ensure()
                .then(topic.partitions())
                .flatMapMany(this::receive)
                .doOnNext(this::emit)
                .doFinally(signal -> positioned = false)
                .then();
    }

    private Flux<ReceiverRecord<String, byte[]>> receive(List<TopicPartition> partitions) {
        return KafkaReceiver.create(clients.receiver(partitions).addAssignListener(this::seek))
                .receive();
    }

    /** Seeking is lazy: only asking for the position fixes where reading begins. */
    private void seek(Collection<ReceiverPartition> partitions) {
        partitions.forEach(ReceiverPartition::seekToEnd);
        partitions.forEach(ReceiverPartition::position);
        positioned = true;
    }

    private void emit(ConsumerRecord<String, byte[]> record) {
        String offset = offset(record.headers().lastHeader(OFFSET));
        if (record.key() == null
                || record.value() == null
                || !DECIMAL.matcher(offset).matches()) {
            log.warn("ignored a foreign record at {}-{}", record.partition(), record.offset());
            return;
        }
        followers.tryEmitNext(new EncodedChange(record.key(), Long.parseLong(offset), record.value()));
    }

    private static String offset(@Nullable Header header) {
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.US_ASCII);
    }
}
