package io.parley.infra.postgres;

import io.parley.domain.auth.AccountRepository;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.auth.SigningKeyRepository;
import io.parley.domain.message.MessageRepository;
import io.parley.domain.user.UserDirectory;
import io.parley.infra.startup.Backend;
import io.parley.infra.startup.Preparation;
import io.r2dbc.pool.ConnectionPool;
import java.util.List;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.netty.resources.LoopResources;

/** Stores messages and accounts in PostgreSQL. */
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
            ConnectionPool postgresPool,
            List<Preparation> preparations) {
        return new PostgresBackend(connections, properties, migration, postgresPool, preparations);
    }

    @Bean
    MessageRepository messageRepository(ConnectionPool postgresPool) {
        return new PostgresMessageRepository(DatabaseClient.create(postgresPool));
    }

    @Bean
    AccountRepository accountRepository(ConnectionPool postgresPool) {
        return new PostgresAccountRepository(DatabaseClient.create(postgresPool));
    }

    @Bean
    UserDirectory userDirectory(ConnectionPool postgresPool) {
        return new PostgresUserDirectory(DatabaseClient.create(postgresPool));
    }

    /** The truth about sessions; whoever asks often asks the one that Redis stands in front of. */
    @Bean
    SessionRepository storedSessions(ConnectionPool postgresPool) {
        return new PostgresSessionRepository(DatabaseClient.create(postgresPool));
    }

    @Bean
    SigningKeyRepository signingKeyRepository(ConnectionPool postgresPool) {
        return new PostgresSigningKeyRepository(DatabaseClient.create(postgresPool));
    }
}
