package io.parley.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.infra.Node;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;

class MigrationsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final DatabaseClient database = DatabaseClient.create(Node.first().get(ConnectionPool.class));

    @Test
    void migratingAgainChangesNothing() {
        List<String> before = history();

        new Migrations(Node.first().get(PostgresProperties.class), Node.first().get(MigrationProperties.class)).run();

        assertThat(history()).isEqualTo(before).contains("1 accounts", "2 logs");
    }

    private List<String> history() {
        return database.sql("select version || ' ' || description as entry from flyway_schema_history"
                        + " where success order by installed_rank")
                .map(row -> row.get("entry", String.class))
                .all()
                .collectList()
                .block(TIMEOUT);
    }
}
