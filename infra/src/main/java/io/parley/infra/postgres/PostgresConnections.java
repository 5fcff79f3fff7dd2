package io.parley.infra.postgres;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import io.r2dbc.postgresql.client.SSLMode;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import java.util.Map;
import reactor.netty.resources.LoopResources;

/** Builds connections from the settings: single ones for a check, pooled ones for everything else. */
final class PostgresConnections {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final PostgresProperties properties;
    private final LoopResources loops;

    /** @param loops of the database's own: co-located with a server's loop, connections would pile up on one of them */
    PostgresConnections(PostgresProperties properties, LoopResources loops) {
        this.properties = properties;
        this.loops = loops;
    }

    ConnectionPool pool() {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(single(properties.user(), properties.password()))
                .name("postgres")
                .initialSize(properties.poolSize())
                .minIdle(properties.poolSize())
                .maxSize(properties.poolSize())
                .acquireRetry(0)
                .maxAcquireTime(properties.acquireTimeout())
                .maxCreateConnectionTime(CONNECT_TIMEOUT)
                .validationDepth(ValidationDepth.LOCAL)
                .build());
    }

    ConnectionFactory single(String user, String password) {
        return new PostgresqlConnectionFactory(configuration(user, password));
    }

    private PostgresqlConnectionConfiguration configuration(String user, String password) {
        PostgresqlConnectionConfiguration.Builder builder = PostgresqlConnectionConfiguration.builder()
                .applicationName("parley")
                .host(properties.address().host())
                .port(properties.address().port())
                .database(properties.database())
                .username(user)
                .password(password)
                .connectTimeout(CONNECT_TIMEOUT)
                .tcpKeepAlive(true)
                .statementTimeout(properties.statementTimeout())
                .options(Map.of("idle_in_transaction_session_timeout", "10s"))
                .loopResources(loops)
                .sslMode(properties.tls() ? SSLMode.VERIFY_FULL : SSLMode.DISABLE);
        if (properties.tls() && properties.caFile() != null) {
            builder.sslRootCert(properties.caFile().toString());
        }
        return builder.build();
    }
}
