package io.parley.infra.kafka;

import io.parley.infra.startup.Address;
import io.parley.infra.startup.TransportRule;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param addresses some of the brokers
 * @param user signs in by SCRAM-SHA-512; empty: without signing in
 * @param caFile PEM file of the certificates to trust; absent: those of the JDK
 * @param partitions of the topic of changes, if it has to be created
 * @param replication of that topic, if it has to be created
 */
@Validated
@ConfigurationProperties("parley.kafka")
record KafkaProperties(
        @NotEmpty(message = "is missing: host:port of brokers, separated by commas")
        List<Address> addresses,

        String user,
        String password,
        boolean tls,
        @Nullable Path caFile,
        boolean allowPlaintext,
        @Min(1) @Max(1_000) int partitions,
        @Min(1) @Max(9) int replication) {

    @AssertTrue(message = "PARLEY_KAFKA_TLS=false: the link" + TransportRule.PLAINTEXT)
    boolean isLinkSafe() {
        return addresses == null
                || TransportRule.safe(tls, addresses.stream().allMatch(Address::isLoopback), allowPlaintext);
    }

    @AssertTrue(message = "PARLEY_KAFKA_PASSWORD: is missing, and PARLEY_KAFKA_USER is set")
    boolean isPasswordGiven() {
        return user == null || user.isEmpty() || !password.isEmpty();
    }

    @AssertTrue(message = "PARLEY_KAFKA_CA_FILE: " + TransportRule.CA_FILE)
    boolean isCaFileReadable() {
        return TransportRule.readable(caFile);
    }
}
