package io.parley.infra.postgres;

import io.parley.domain.auth.AccountRepository;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.auth.SigningKeyRepository;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.ConversationRepository;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Outbox;
import io.parley.domain.log.SessionLog;
import io.parley.domain.message.MessageHistory;
import io.parley.domain.message.MessageLog;
import io.parley.domain.message.ReadPositions;
import io.parley.domain.personal.PrivateState;
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

/** Stores accounts, conversations, messages and their logs in PostgreSQL. */
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
            StoreEpoch epoch,
            List<Preparation> preparations) {
        return new PostgresBackend(connections, properties, migration, postgresPool, epoch, preparations);
    }

    @Bean
    Store postgresStore(ConnectionPool postgresPool, PostgresProperties properties) {
        return new Store(DatabaseClient.create(new PatientConnections(postgresPool, properties.answerTimeout())));
    }

    @Bean
    StoreEpoch epoch(Store store) {
        return new StoreEpoch(store);
    }

    @Bean
    MessageLog messageLog(Store store) {
        return new PostgresMessageLog(store);
    }

    @Bean
    MessageHistory messageHistory(Store store) {
        return new PostgresMessageHistory(store);
    }

    @Bean
    ReadPositions readPositions(Store store) {
        return new PostgresReadPositions(store);
    }

    @Bean
    ConversationRepository conversationRepository(Store store) {
        return new PostgresConversations(store);
    }

    @Bean
    ConversationReader conversationReader(Store store) {
        return new PostgresConversationReader(store);
    }

    @Bean
    LogReader logReader(Store store) {
        return new PostgresLogReader(store);
    }

    @Bean
    Outbox outbox(Store store) {
        return new PostgresOutbox(store);
    }

    @Bean
    SessionLog sessionLog(Store store) {
        return new PostgresSessionLog(store);
    }

    @Bean
    PrivateState privateState(Store store) {
        return new PostgresPrivateState(store);
    }

    @Bean
    AccountRepository accountRepository(Store store) {
        return new PostgresAccountRepository(store);
    }

    @Bean
    UserDirectory userDirectory(Store store) {
        return new PostgresUserDirectory(store);
    }

    /** The truth about sessions; whoever asks often asks the one that Redis stands in front of. */
    @Bean
    SessionRepository storedSessions(Store store) {
        return new PostgresSessionRepository(store);
    }

    @Bean
    SigningKeyRepository signingKeyRepository(Store store) {
        return new PostgresSigningKeyRepository(store);
    }
}
