package io.parley.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;

/** PostgreSQL as one of its roles sees it. */
record Sql(String url, String user, String password) {

    static Sql application(Map<String, String> settings) {
        return new Sql(url(settings), settings.get("PARLEY_POSTGRES_USER"), settings.get("PARLEY_POSTGRES_PASSWORD"));
    }

    static Sql migration(Map<String, String> settings) {
        return new Sql(url(settings), settings.get("PARLEY_MIGRATION_USER"), settings.get("PARLEY_MIGRATION_PASSWORD"));
    }

    Sql withPassword(String other) {
        return new Sql(url, user, other);
    }

    void execute(String... commands) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    String ask(String question) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery(question)) {
            answer.next();
            return answer.getString(1);
        }
    }

    private Connection connect() throws SQLException {
        Properties login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        login.setProperty("connectTimeout", "5");
        login.setProperty("socketTimeout", "10");
        return DriverManager.getConnection(url, login);
    }

    private static String url(Map<String, String> settings) {
        String url = "jdbc:postgresql://" + settings.get("PARLEY_POSTGRES_ADDRESS") + "/"
                + settings.get("PARLEY_POSTGRES_DATABASE");
        return settings.get("PARLEY_POSTGRES_TLS").equals("true")
                ? url + "?sslmode=verify-full&sslrootcert=" + settings.get("PARLEY_POSTGRES_CA_FILE")
                : url + "?sslmode=disable";
    }
}
