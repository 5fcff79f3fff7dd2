package io.parley.loadtests.check.faults;

import io.parley.loadtests.check.history.StoredLog;
import io.parley.loadtests.check.history.StoredLog.StoredEntry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What PostgreSQL has, past all nodes. */
record StoreLook(Map<String, String> settings) {

    /** Errors: {@code IllegalStateException} if a crash could lose what was committed: every figure would be false. */
    void requireDurable() {
        for (String setting : List.of("fsync", "synchronous_commit", "full_page_writes")) {
            String value = ask("show " + setting, row -> row.getString(1)).get(0);
            if (!value.equals("on")) {
                throw new IllegalStateException("PostgreSQL runs with " + setting + "=" + value);
            }
        }
    }

    long outbox() {
        return ask("select count(*) from outbox", row -> row.getLong(1)).get(0);
    }

    Map<UUID, Long> heads(List<UUID> conversations) {
        Map<UUID, Long> heads = new HashMap<>();
        ask(
                "select id, head_offset from conversations where id = any (?)",
                row -> heads.put(row.getObject(1, UUID.class), row.getLong(2)),
                conversations);
        return heads;
    }

    Map<UUID, List<UUID>> members(List<UUID> conversations) {
        Map<UUID, List<UUID>> members = new HashMap<>();
        ask(
                "select conversation_id, user_id from user_conversations"
                        + " where role is not null and conversation_id = any (?)",
                row -> members.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                        .add(row.getObject(2, UUID.class)),
                conversations);
        return members;
    }

    List<StoredLog> logs(List<UUID> conversations) {
        Map<UUID, List<StoredEntry>> entries = new HashMap<>();
        ask(
                "select log_id, kind, item, log_offset, reason from log where log_id = any (?) order by 1, 4",
                row -> entries.computeIfAbsent(row.getObject(1, UUID.class), id -> new ArrayList<>())
                        .add(new StoredEntry(
                                row.getString(2), row.getObject(3, UUID.class), row.getLong(4), row.getString(5))),
                conversations);
        return ask(
                "select id, head_offset, head_seq from conversations where id = any (?)",
                row -> new StoredLog(
                        row.getObject(1, UUID.class),
                        row.getLong(2),
                        row.getLong(3),
                        entries.getOrDefault(row.getObject(1, UUID.class), List.of())),
                conversations);
    }

    private interface Reading<T> {
        T read(ResultSet row) throws SQLException;
    }

    private <T> List<T> ask(String question, Reading<T> reading) {
        return ask(question, reading, List.of());
    }

    private <T> List<T> ask(String question, Reading<T> reading, List<UUID> ids) {
        String url = "jdbc:postgresql://" + settings.get("PARLEY_POSTGRES_ADDRESS") + "/"
                + settings.get("PARLEY_POSTGRES_DATABASE") + "?sslmode=disable&connectTimeout=5&socketTimeout=30";
        try (Connection connection = DriverManager.getConnection(
                        url, settings.get("PARLEY_POSTGRES_USER"), settings.get("PARLEY_POSTGRES_PASSWORD"));
                PreparedStatement statement = connection.prepareStatement(question)) {
            if (!ids.isEmpty()) {
                statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
            }
            List<T> answers = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    answers.add(reading.read(rows));
                }
            }
            return answers;
        } catch (SQLException unanswered) {
            throw new IllegalStateException(unanswered);
        }
    }
}
