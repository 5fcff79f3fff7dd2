package io.parley.infra.kafka;

import io.parley.domain.log.ChangePublisher;
import io.parley.infra.startup.Backend;
import java.time.Duration;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Carries changes between the nodes over Kafka. */
@AutoConfiguration
@EnableConfigurationProperties(KafkaProperties.class)
public class KafkaAutoConfiguration {
    private static final Duration TOPIC_CHECK = Duration.ofSeconds(10);

    @Bean
    KafkaClients kafkaClients(KafkaProperties properties) {
        return new KafkaClients(properties);
    }

    @Bean(destroyMethod = "close")
    Admin kafkaAdmin(KafkaClients clients) {
        return clients.admin();
    }

    @Bean
    ChangesTopic changesTopic(Admin admin, KafkaProperties properties) {
        return new ChangesTopic(admin, properties);
    }

    @Bean
    ChangePublisher changePublisher(KafkaClients clients) {
        return new KafkaChangePublisher(clients);
    }

    @Bean
    KafkaChangeFeed changeFeed(KafkaClients clients, ChangesTopic topic) {
        return new KafkaChangeFeed(clients, topic, TOPIC_CHECK);
    }

    @Bean
    Backend kafkaBackend(Admin admin, ChangesTopic topic, KafkaChangeFeed feed) {
        return new KafkaBackend(admin, topic, feed);
    }
}
