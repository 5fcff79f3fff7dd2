package io.parley.loadtests.bench.measure;

import io.parley.loadtests.bench.Stage;
import io.parley.loadtests.bench.seed.Group;
import io.parley.loadtests.bench.seed.Group.Member;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The function that stores messages, called straight away: batches of 100, on two connections with half of the groups each. */
final class Appending {
    private static final int BATCH = 100;
    private static final int CONNECTIONS = 2;
    private static final String APPEND = """
            select * from append_messages(array_fill('send'::text, array[%1$d]), ?, ?, ?, ?,
                array_fill(?::text, array[%1$d]), array_fill(now(), array[%1$d])) order by item_number""".formatted(BATCH);

    private final Stage stage;
    private final List<Group> groups;

    Appending(Stage stage, List<Group> groups) {
        this.stage = stage;
        this.groups = groups;
    }

    /** Messages a second, of about so many. What the server would have to publish is taken away again. */
    double rate(int messages) throws SQLException {
        int batches = Math.max(1, messages / BATCH / CONNECTIONS);
        long began = System.nanoTime();
        List<CompletableFuture<Void>> all = List.of(append(0, batches), append(1, batches));
        all.forEach(CompletableFuture::join);
        double seconds = (System.nanoTime() - began) / 1e9;
        clearOutbox();
        return batches * BATCH * CONNECTIONS / seconds;
    }

    private CompletableFuture<Void> append(int connection, int batches) {
        int half = groups.size() / CONNECTIONS;
        List<Group> mine = groups.subList(connection * half, (connection + 1) * half);
        return CompletableFuture.runAsync(() -> {
            try (Connection database = stage.database();
                    PreparedStatement statement = database.prepareStatement(APPEND)) {
                for (int i = 0; i < batches; i++) {
                    append(database, statement, mine, i * BATCH);
                }
            } catch (SQLException failed) {
                throw new CompletionException(failed);
            }
        });
    }

    private static void append(Connection database, PreparedStatement statement, List<Group> groups, int first)
            throws SQLException {
        UUID[] conversations = new UUID[BATCH];
        UUID[] actors = new UUID[BATCH];
        UUID[] ids = new UUID[BATCH];
        for (int i = 0; i < BATCH; i++) {
            Group group = groups.get((first + i) % groups.size());
            Member member = group.members().get((first + i) % group.members().size());
            conversations[i] = group.conversation();
            actors[i] = member.user();
            ids[i] = UUID.randomUUID();
        }
        statement.setArray(1, database.createArrayOf("uuid", conversations));
        statement.setArray(2, database.createArrayOf("uuid", actors));
        statement.setArray(3, database.createArrayOf("uuid", ids));
        statement.setArray(4, database.createArrayOf("uuid", ids));
        statement.setString(5, DurableRate.TEXT);
        require(statement);
    }

    private static void require(PreparedStatement statement) throws SQLException {
        try (ResultSet outcomes = statement.executeQuery()) {
            while (outcomes.next()) {
                if (!outcomes.getString("status").equals("done")) {
                    throw new IllegalStateException("not stored: " + outcomes.getString("status"));
                }
            }
        }
    }

    /** Soon: what is left there for five seconds a node publishes. */
    private void clearOutbox() throws SQLException {
        try (Connection database = stage.database();
                PreparedStatement statement = database.prepareStatement("delete from outbox where log_id = any(?)")) {
            UUID[] logs = groups.stream().map(Group::conversation).toArray(UUID[]::new);
            statement.setArray(1, database.createArrayOf("uuid", logs));
            statement.executeUpdate();
        }
    }
}
