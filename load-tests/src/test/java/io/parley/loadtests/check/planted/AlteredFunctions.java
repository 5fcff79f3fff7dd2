package io.parley.loadtests.check.planted;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/** Functions of the database that do something else until this is closed. */
final class AlteredFunctions implements AutoCloseable {
    private final Deque<String> back = new ArrayDeque<>();
    private final Connection connection;

    AlteredFunctions(Map<String, String> settings) throws SQLException {
        connection = DriverManager.getConnection(
                "jdbc:postgresql://" + settings.get("PARLEY_POSTGRES_ADDRESS") + "/"
                        + settings.get("PARLEY_POSTGRES_DATABASE")
                        + "?sslmode=disable&connectTimeout=5&socketTimeout=30",
                settings.get("PARLEY_MIGRATION_USER"),
                settings.get("PARLEY_MIGRATION_PASSWORD"));
    }

    /** Errors: {@code IllegalStateException} if the function does not contain that, once. */
    AlteredFunctions with(String function, String was, String becomes) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select pg_get_functiondef(oid) from pg_proc where proname = '" + function + "'")) {
            found.next();
            String definition = found.getString(1);
            int at = definition.indexOf(was);
            if (at < 0 || definition.indexOf(was, at + 1) >= 0) {
                throw new IllegalStateException(function + " does not contain once: " + was);
            }
            back.push(definition);
            run(definition.replace(was, becomes));
        }
        return this;
    }

    /** Does it now, and that in the end. */
    AlteredFunctions with(String now, String inTheEnd) throws SQLException {
        back.push(inTheEnd);
        run(now);
        return this;
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws SQLException {
        while (!back.isEmpty()) {
            run(back.pop());
        }
        connection.close();
    }
}
