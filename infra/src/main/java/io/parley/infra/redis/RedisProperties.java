package io.parley.infra.redis;

import io.parley.infra.startup.Address;
import io.parley.infra.startup.TransportRule;
import jakarta.validation.constraints.AssertTrue;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.hibernate.validator.constraints.time.DurationMin;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * @param user of Redis' access control list; empty: the default user
 * @param caFile PEM file of the certificates to trust; absent: those of the JDK
 * @param timeout after which a command is given up, and this node goes on without Redis
 */
@Validated
@ConfigurationProperties("parley.redis")
record RedisProperties(
        @NotNull(message = "is missing: host:port of Redis") Address address,
        String user,
        String password,
        boolean tls,
        @Nullable Path caFile,
        boolean allowPlaintext,

        @NotNull(message = "expects a duration such as 5s or 2m") @DurationMin(millis = 10)
        Duration timeout) {

    @AssertTrue(message = "PARLEY_REDIS_TLS=false: the link" + TransportRule.PLAINTEXT)
    boolean isLinkSafe() {
        return address == null || TransportRule.safe(tls, address.isLoopback(), allowPlaintext);
    }

    @AssertTrue(message = "PARLEY_REDIS_PASSWORD: is missing, and PARLEY_REDIS_USER is set")
    boolean isPasswordGiven() {
        return user == null || user.isEmpty() || !password.isEmpty();
    }

    @AssertTrue(message = "PARLEY_REDIS_CA_FILE: " + TransportRule.CA_FILE)
    boolean isCaFileReadable() {
        return TransportRule.readable(caFile);
    }
}
