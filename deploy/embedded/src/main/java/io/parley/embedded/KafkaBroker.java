package io.parley.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.utils.Time;

/**
 * The broker's own JVM: formats its data folder at the first start, runs one broker that is its own controller, and
 * says by a file when it takes clients. Kafka's own main class tells nobody.
 */
final class KafkaBroker {
    // Another id than the one in the data would be refused, so it is the same for good.
    private static final String CLUSTER = "UGFybGV5RW1iZWRkZWQwMQ";

    private KafkaBroker() {}

    /** Arguments: Kafka's configuration, its only user's SCRAM credential, the file that says "ready". */
    public static void main(String[] arguments) throws IOException {
        Path configuration = Path.of(arguments[0]);
        Path credential = Path.of(arguments[1]);
        Path ready = Path.of(arguments[2]);

        format(configuration, Files.readString(credential));
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(read(configuration), false), Time.SYSTEM);
        Runtime.getRuntime().addShutdownHook(new Thread(server::shutdown, "shutdown"));
        server.startup();
        Files.createFile(ready);
        server.awaitShutdown();
    }

    private static void format(Path configuration, String credential) {
        String[] command = {
            "format",
            "--ignore-formatted",
            "--config",
            configuration.toString(),
            "--cluster-id",
            CLUSTER,
            "--add-scram",
            credential
        };
        int result = StorageTool.execute(command, System.out);
        if (result != 0) {
            throw new IllegalStateException("Formatting Kafka's data folder failed with " + result);
        }
    }

    private static Properties read(Path configuration) throws IOException {
        try (InputStream file = Files.newInputStream(configuration)) {
            Properties properties = new Properties();
            properties.load(file);
            return properties;
        }
    }
}
