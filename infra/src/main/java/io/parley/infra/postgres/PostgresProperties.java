package io.parley.infra.postgres;

import io.parley.infra.startup.Address;
import io.parley.infra.startup.TransportRule;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param user the application's role: reads and writes rows
 * @param caFile PEM file of the certificates to trust; absent: those of the JDK
 * @param poolSize most connections that one node opens
 * @param acquireTimeout how long a request waits for a connection
 * @param statementTimeout after which the database gives a statement up
 * @param answerTimeout after which a connection on which the database does not even say that is closed
 */
@Validated
@ConfigurationProperties("parley.postgres")
record PostgresProperties(
        @NotNull(message = "is missing: host:port of PostgreSQL")
        Address address,

        @NotBlank(message = "is missing: the name of the database")
        String database,

        @NotBlank(message = "is missing: the application's role")
        String user,

        @NotBlank(message = "is missing: the password of the application's role")
        String password,

        boolean tls,
        @Nullable Path caFile,
        boolean allowPlaintext,
        @Min(2) @Max(200) int poolSize,

        @NotNull(message = "expects a duration such as 5s or 2m") @DurationMin(millis = 100)
        Duration acquireTimeout,

        @NotNull(message = "expects a duration such as 5s or 2m") @DurationMin(millis = 100)
        Duration statementTimeout,

        @NotNull(message = "expects a duration such as 5s or 2m") @DurationMin(millis = 100)
        Duration answerTimeout) {

    @AssertTrue(message = "PARLEY_POSTGRES_ANSWER_TIMEOUT: must be longer than PARLEY_POSTGRES_STATEMENT_TIMEOUT")
    boolean isDatabaseFirstToGiveUp() {
        return statementTimeout == null || answerTimeout == null || answerTimeout.compareTo(statementTimeout) > 0;
    }

    @AssertTrue(message = "PARLEY_POSTGRES_TLS=false: the link" + TransportRule.PLAINTEXT)
    boolean isLinkSafe() {
        return address == null || TransportRule.safe(tls, address.isLoopback(), allowPlaintext);
    }

    @AssertTrue(message = "PARLEY_POSTGRES_CA_FILE: " + TransportRule.CA_FILE)
    boolean isCaFileReadable() {
        return TransportRule.readable(caFile);
    }
}
