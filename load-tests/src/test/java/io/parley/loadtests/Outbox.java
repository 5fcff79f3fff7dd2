package io.parley.loadtests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** What is stored and not yet published, as the database has it. */
record Outbox(Map<String, String> settings) {

    int size() {
        String url = "jdbc:postgresql://" + settings.get("PARLEY_POSTGRES_ADDRESS") + "/"
                + settings.get("PARLEY_POSTGRES_DATABASE") + "?sslmode=disable&connectTimeout=5&socketTimeout=10";
        try (Connection connection = DriverManager.getConnection(
                        url, settings.get("PARLEY_POSTGRES_USER"), settings.get("PARLEY_POSTGRES_PASSWORD"));
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select count(*) from outbox")) {
            answer.next();
            return answer.getInt(1);
        } catch (SQLException unanswered) {
            throw new IllegalStateException(unanswered);
        }
    }
}
