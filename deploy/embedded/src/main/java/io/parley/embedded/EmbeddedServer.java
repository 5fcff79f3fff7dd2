package io.parley.embedded;

import java.util.Locale;

/** One of the servers; it can be stopped, killed and started alone. */
public enum EmbeddedServer {
    // PostgreSQL takes TERM as "when the last client has left"; INT is its clean stop without waiting.
    POSTGRES("PostgreSQL", "INT"),
    KAFKA("Kafka", "TERM"),
    REDIS("Redis", "TERM"),
    S3("S3Proxy", "TERM");

    private final String label;
    private final String stopSignal;

    EmbeddedServer(String label, String stopSignal) {
        this.label = label;
        this.stopSignal = stopSignal;
    }

    /** The name that a person reads. */
    String label() {
        return label;
    }

    /** The name in files and in commands to the keeper. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String stopSignal() {
        return stopSignal;
    }
}
