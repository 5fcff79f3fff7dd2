package io.parley.infra.kafka;

import static io.parley.infra.startup.StartupException.setting;

import io.parley.infra.startup.Backend;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import reactor.core.publisher.Mono;

/** Kafka as a server that ours can do without for a while: what is stored meanwhile is in the history, and not pushed. */
final class KafkaBackend implements Backend {
    private final Admin admin;
    private final ChangesTopic topic;
    private final KafkaChangeFeed feed;

    KafkaBackend(Admin admin, ChangesTopic topic, KafkaChangeFeed feed) {
        this.admin = admin;
        this.topic = topic;
        this.feed = feed;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public boolean required() {
        return false;
    }

    @Override
    public Mono<Void> open() {
        return topic.ensure().onErrorMap(KafkaBackend::explained);
    }

    @Override
    public Mono<Void> ping() {
        return ChangesTopic.mono(() -> admin.describeCluster().clusterId())
                .filter(clusterId -> feed.isPositioned())
                .switchIfEmpty(Mono.error(() -> new IllegalStateException("the feed of changes is not positioned")))
                .then();
    }

    private static Throwable explained(Throwable error) {
        if (error instanceof SaslAuthenticationException) {
            return setting("PARLEY_KAFKA_USER / PARLEY_KAFKA_PASSWORD", "Kafka refuses the sign-in");
        }
        if (error instanceof SslAuthenticationException) {
            return setting("PARLEY_KAFKA_CA_FILE", "the certificate of Kafka is not trusted");
        }
        if (error instanceof AuthorizationException) {
            return setting("PARLEY_KAFKA_USER", "may not use the topic " + ChangesTopic.NAME);
        }
        return error;
    }
}
