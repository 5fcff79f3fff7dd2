package io.parley.infra.kafka;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import reactor.core.publisher.Mono;

/** The topic that carries changes between the nodes. PostgreSQL is the log; a day here is plenty. */
final class ChangesTopic {
    static final String NAME = "parley.changes";

    private static final String RETENTION_MS = String.valueOf(24 * 60 * 60 * 1_000L);

    private final Admin admin;
    private final KafkaProperties properties;

    ChangesTopic(Admin admin, KafkaProperties properties) {
        this.admin = admin;
        this.properties = properties;
    }

    /** Completes when the topic is there, created if need be; two nodes may do this at once. */
    Mono<Void> ensure() {
        return layout().then().onErrorResume(UnknownTopicOrPartitionException.class, missing -> create());
    }

    /** Value: the topic as it is now; another value later means another topic, or more of it. */
    Mono<Layout> layout() {
        return mono(() -> admin.describeTopics(List.of(NAME)).allTopicNames())
                .mapNotNull(topics -> topics.get(NAME))
                .map(ChangesTopic::layout);
    }

    private Mono<Void> create() {
        NewTopic topic = new NewTopic(
                        NAME, Optional.of(properties.partitions()), Optional.of((short) properties.replication()))
                .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, RETENTION_MS));
        return mono(() -> admin.createTopics(List.of(topic)).all())
                .onErrorResume(TopicExistsException.class, raced -> Mono.empty());
    }

    private static Layout layout(TopicDescription topic) {
        List<TopicPartition> partitions = topic.partitions().stream()
                .map(partition -> new TopicPartition(NAME, partition.partition()))
                .toList();
        return new Layout(topic.topicId(), partitions);
    }

    static <T> Mono<T> mono(Supplier<KafkaFuture<T>> call) {
        return Mono.fromCompletionStage(() -> call.get().toCompletionStage());
    }

    /**
     * What a topic consists of.
     *
     * @param id another one after it has been deleted and created anew
     */
    record Layout(Uuid id, List<TopicPartition> partitions) {}
}
