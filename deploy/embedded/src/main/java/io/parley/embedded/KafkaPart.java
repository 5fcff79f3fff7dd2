package io.parley.embedded;

import io.parley.embedded.Credentials.Secret;
import io.parley.embedded.Ports.Port;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;

/** A Kafka broker that is its own controller; clients need SCRAM-SHA-512, with or without TLS. */
final class KafkaPart extends Part {
    static final String USER = "parley";
    private static final List<String> FLAGS = List.of("-Xms64m", "-Xmx160m");
    private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";
    private static final String PLAIN = "org.apache.kafka.common.security.plain.PlainLoginModule";

    private final Ports ports;
    private final Credentials credentials;
    private final Certificates certificates;
    private final Path ready;

    KafkaPart(Folder folder, Ports ports, Credentials credentials, Certificates certificates) {
        super(EmbeddedServer.KAFKA, folder);
        this.ports = ports;
        this.credentials = credentials;
        this.certificates = certificates;
        this.ready = folder.run().resolve("kafka.ready");
    }

    @Override
    protected ProcessHandle launch() throws IOException {
        PrivateFile.delete(ready);
        Path configuration = folder().run().resolve("kafka.properties");
        PrivateFile.write(configuration, configuration());
        Path credential = folder().run().resolve("kafka.scram");
        String password = credentials.get(Secret.KAFKA);
        PrivateFile.write(credential, "SCRAM-SHA-512=[name=" + USER + ",password=" + password + "]");
        return run(JavaProcess.command(
                folder(), FLAGS, KafkaBroker.class, configuration.toString(), credential.toString(), ready.toString()));
    }

    @Override
    protected boolean answers() {
        return Files.exists(ready);
    }

    @Override
    protected String title() {
        return server().label() + " " + AppInfoParser.getVersion();
    }

    @Override
    protected String address() {
        return ports.address(Port.KAFKA);
    }

    private String configuration() {
        return String.join("\n", roles(), security(), storage());
    }

    /** After a crash the broker must wait until its former session has run out: 3 s of that are enough. */
    private String roles() {
        String controller = ports.address(Port.KAFKA_CONTROLLER);
        String clients = "CLIENT://" + ports.address(Port.KAFKA) + ",CLIENT_TLS://" + ports.address(Port.KAFKA_TLS);
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@%s
                controller.listener.names=CONTROLLER
                listeners=%s,CONTROLLER://%s
                advertised.listeners=%s
                inter.broker.listener.name=CLIENT
                broker.heartbeat.interval.ms=500
                broker.session.timeout.ms=3000
                listener.security.protocol.map=CLIENT:SASL_PLAINTEXT,CLIENT_TLS:SASL_SSL,CONTROLLER:SASL_PLAINTEXT
                """.formatted(controller, clients, controller, clients);
    }

    private String security() {
        String client = login(SCRAM, USER, credentials.get(Secret.KAFKA)) + ";";
        String secret = credentials.get(Secret.KAFKA_CONTROLLER);
        String controller = login(PLAIN, "controller", secret) + " user_controller=\"" + secret + "\";";
        return """
                sasl.enabled.mechanisms=SCRAM-SHA-512
                sasl.mechanism.inter.broker.protocol=SCRAM-SHA-512
                sasl.mechanism.controller.protocol=PLAIN
                listener.name.client.scram-sha-512.sasl.jaas.config=%s
                listener.name.client_tls.scram-sha-512.sasl.jaas.config=%s
                listener.name.controller.sasl.enabled.mechanisms=PLAIN
                listener.name.controller.plain.sasl.jaas.config=%s
                ssl.keystore.type=PEM
                ssl.keystore.location=%s
                """.formatted(client, client, controller, certificates.chainWithKey());
    }

    /** One copy of everything, and as few threads, partitions and buffers as one laptop needs. */
    private String storage() {
        return """
                log.dirs=%s
                auto.create.topics.enable=false
                default.replication.factor=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=8
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=4
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                log.cleaner.dedupe.buffer.size=2097152
                num.network.threads=1
                num.io.threads=4
                background.threads=2
                """.formatted(folder().data(EmbeddedServer.KAFKA));
    }

    private static String login(String module, String user, String password) {
        return "%s required username=\"%s\" password=\"%s\"".formatted(module, user, password);
    }
}
