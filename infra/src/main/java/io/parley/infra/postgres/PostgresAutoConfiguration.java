package io.parley.infra.postgres;

import io.parley.infra.startup.Backend;
import io.r2dbc.pool.ConnectionPool;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import reactor.netty.resources.LoopResources;

/** Stores messages in PostgreSQL. */
@AutoConfiguration
@EnableConfigurationProperties({PostgresProperties.class, MigrationProperties.class})
public class PostgresAutoConfiguration {

    @Bean(destroyMethod = "dispose")
    LoopResources postgresLoops() {
        return LoopResources.create("postgres", 1, 2, true, false);
    }

    @Bean
    PostgresConnections postgresConnections(PostgresProperties properties, LoopResources postgresLoops) {
        return new PostgresConnections(properties, postgresLoops);
    }

    @Bean(destroyMethod = "dispose")
    ConnectionPool postgresPool(PostgresConnections connections) {
        return connections.pool();
    }

    @Bean
    Backend postgresBackend(
            PostgresConnections connections,
            PostgresProperties properties,
            MigrationProperties migration,
            ConnectionPool postgresPool) {
        return new PostgresBackend(connections, properties, migration, postgresPool);
    }
}
