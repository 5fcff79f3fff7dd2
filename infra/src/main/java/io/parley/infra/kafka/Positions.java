package io.parley.infra.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.kafka.receiver.ReceiverPartition;

/** Where one consumer stands in each partition. Used by its thread; whether they are known may be asked by any. */
final class Positions {
    private final Map<Integer, Long> next = new HashMap<>();
    private final Sinks.One<Boolean> known = Sinks.one();
    private volatile boolean fixed;

    /** Moves to the ends. Seeking is lazy: only asking for the position fixes where reading begins. */
    void fixAtEnd(Collection<ReceiverPartition> partitions) {
        partitions.forEach(ReceiverPartition::seekToEnd);
        partitions.forEach(partition -> next.put(partition.topicPartition().partition(), partition.position()));
        fixed = true;
        known.tryEmitValue(true).orThrow();
    }

    boolean areFixed() {
        return fixed;
    }

    /** Value: true, once the positions are fixed. */
    Mono<Boolean> whenFixed() {
        return known.asMono();
    }

    /**
     * Takes the record. False if it is not the one that follows: without transactions and compaction, records of a
     * partition are numbered without holes.
     */
    boolean follows(ConsumerRecord<?, ?> record) {
        Long expected = next.put(record.partition(), record.offset() + 1);
        return expected != null && expected == record.offset();
    }
}
