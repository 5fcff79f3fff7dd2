package io.parley.loadtests.check.faults;

import io.parley.loadtests.check.history.Published;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What Kafka has, past all nodes. */
record WireLook(Map<String, String> settings) {
    private static final String TOPIC = "parley.changes";
    private static final Duration WITHIN = Duration.ofSeconds(60);

    /** Everything that is there now of these logs. */
    List<Published> records(Set<String> logs) {
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(link(), new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(TOPIC).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            consumer.seekToBeginning(partitions);
            List<Published> found = new ArrayList<>();
            long deadline = System.nanoTime() + WITHIN.toNanos();
            while (!partitions.stream().allMatch(one -> consumer.position(one) >= ends.get(one))) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Kafka has not told everything in " + WITHIN);
                }
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (logs.contains(record.key())) {
                        found.add(published(record));
                    }
                }
            }
            return found;
        }
    }

    private static Published published(ConsumerRecord<String, byte[]> record) {
        return new Published(
                UUID.fromString(record.key()),
                Long.parseLong(header(record, "offset")),
                header(record, "kind"),
                UUID.fromString(header(record, "item")),
                header(record, "reason"));
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.US_ASCII);
    }

    private Map<String, Object> link() {
        Map<String, Object> link = new HashMap<>();
        link.put("bootstrap.servers", settings.get("PARLEY_KAFKA_ADDRESSES"));
        link.put("security.protocol", "SASL_PLAINTEXT");
        link.put("sasl.mechanism", "SCRAM-SHA-512");
        link.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
                        + settings.get("PARLEY_KAFKA_USER") + "\" password=\"" + settings.get("PARLEY_KAFKA_PASSWORD")
                        + "\";");
        link.put("enable.auto.commit", false);
        return link;
    }
}
