package io.parley.loadtests;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is stored and not yet published, as the database has it. */
record Outbox(Map<String, String> settings) {

    /** Each with its age, for whoever wonders why it is still there. */
    List<String> rows() {
        String url = "jdbc:postgresql://" + settings.get("PARLEY_POSTGRES_ADDRESS") + "/"
                + settings.get("PARLEY_POSTGRES_DATABASE") + "?sslmode=disable&connectTimeout=5&socketTimeout=10";
        try (Connection connection = DriverManager.getConnection(
                        url, settings.get("PARLEY_POSTGRES_USER"), settings.get("PARLEY_POSTGRES_PASSWORD"));
                Statement statement = connection.createStatement();
                ResultSet answer =
                        statement.executeQuery("select concat_ws(' ', now() - created_at, o) from outbox o")) {
            List<String> rows = new ArrayList<>();
            while (answer.next()) {
                rows.add(answer.getString(1));
            }
            return rows;
        } catch (SQLException unanswered) {
            throw new IllegalStateException(unanswered);
        }
    }
}
