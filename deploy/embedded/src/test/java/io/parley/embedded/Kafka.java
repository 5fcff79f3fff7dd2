package io.parley.embedded;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka as a client with a password sees it. */
record Kafka(Map<String, String> settings, String password) {
    private static final long SECONDS = 15;

    Kafka(Map<String, String> settings) {
        this(settings, settings.get("PARLEY_KAFKA_PASSWORD"));
    }

    void createTopic(String name) throws Exception {
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get(SECONDS, TimeUnit.SECONDS);
        }
    }

    void send(String topic, String value) throws Exception {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value)).get(SECONDS, TimeUnit.SECONDS);
        }
    }

    /** The first record of the topic. */
    Optional<String> first(String topic) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client(), new StringDeserializer(), new StringDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            ConsumerRecords<String, String> records = consumer.poll(Duration.ofSeconds(SECONDS));
            return records.records(partition).stream().findFirst().map(ConsumerRecord::value);
        }
    }

    private Map<String, Object> client() {
        boolean tls = settings.get("PARLEY_KAFKA_TLS").equals("true");
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", settings.get("PARLEY_KAFKA_ADDRESSES"));
        client.put("security.protocol", tls ? "SASL_SSL" : "SASL_PLAINTEXT");
        client.put("sasl.mechanism", "SCRAM-SHA-512");
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
                        .formatted(settings.get("PARLEY_KAFKA_USER"), password));
        client.put("default.api.timeout.ms", "15000");
        client.put("request.timeout.ms", "10000");
        if (tls) {
            client.put("ssl.truststore.type", "PEM");
            client.put("ssl.truststore.location", settings.get("PARLEY_KAFKA_CA_FILE"));
        }
        return client;
    }
}
