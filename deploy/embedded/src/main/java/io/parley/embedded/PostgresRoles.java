package io.parley.embedded;

import io.parley.embedded.Credentials.Secret;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Who may do what in PostgreSQL: {@code parley_migration} owns the database and its tables, {@code parley_app} reads and
 * writes rows, and nobody has more rights here than in production.
 */
final class PostgresRoles {
    static final String DATABASE = "parley";
    static final String MIGRATION = "parley_migration";
    static final String APPLICATION = "parley_app";

    private static final List<String> SCHEMA = List.of(
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            "GRANT USAGE ON SCHEMA public TO parley_app",
            "ALTER DEFAULT PRIVILEGES FOR ROLE parley_migration GRANT USAGE ON SCHEMAS TO parley_app",
            "ALTER DEFAULT PRIVILEGES FOR ROLE parley_migration"
                    + " GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO parley_app",
            "ALTER DEFAULT PRIVILEGES FOR ROLE parley_migration GRANT USAGE, SELECT ON SEQUENCES TO parley_app",
            "ALTER DEFAULT PRIVILEGES FOR ROLE parley_migration GRANT EXECUTE ON FUNCTIONS TO parley_app");

    private final String address;
    private final Credentials credentials;

    PostgresRoles(String address, Credentials credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    void create() throws SQLException {
        execute("postgres", cluster());
        execute(DATABASE, SCHEMA);
    }

    /** Throws, rather than waits, if the server runs with other values. */
    void requireSettings(Map<String, String> expected) throws SQLException {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            for (Map.Entry<String, String> setting : expected.entrySet()) {
                String value = ask(statement, "SHOW " + setting.getKey());
                if (!setting.getValue().equals(value)) {
                    throw new EmbeddedServersException("PostgreSQL runs with " + setting.getKey() + "=" + value
                            + ": a crash could lose what it confirmed");
                }
            }
        }
    }

    String version() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            return ask(statement, "SHOW server_version").split(" ", 2)[0];
        } catch (SQLException error) {
            throw new EmbeddedServersException("PostgreSQL does not tell its version", error);
        }
    }

    private List<String> cluster() {
        return List.of(
                "CREATE ROLE parley_migration LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '"
                        + credentials.get(Secret.POSTGRES_MIGRATION) + "'",
                "CREATE ROLE parley_app LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD '"
                        + credentials.get(Secret.POSTGRES_APPLICATION) + "'",
                "CREATE DATABASE parley OWNER parley_migration",
                "REVOKE ALL ON DATABASE parley, postgres, template1 FROM PUBLIC",
                "GRANT CONNECT ON DATABASE parley TO parley_app");
    }

    private void execute(String database, List<String> commands) throws SQLException {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private Connection connect(String database) throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", "postgres");
        login.setProperty("password", credentials.get(Secret.POSTGRES_SUPERUSER));
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "30");
        return DriverManager.getConnection("jdbc:postgresql://" + address + "/" + database, login);
    }

    private static String ask(Statement statement, String question) throws SQLException {
        try (ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }
}
