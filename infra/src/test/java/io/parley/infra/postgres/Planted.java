package io.parley.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.infra.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What does not belong into the schema, for tests that must be able to fail: such as variants of the function that appends. */
final class Planted {
    private static final String FUNCTION = "append_messages";

    private Planted() {}

    /** Calls the test with the statement that calls the variant, which exists that long. */
    static void variant(String name, UnaryOperator<String> change, Consumer<String> test) throws SQLException {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            ResultSet found = statement.executeQuery("select pg_get_functiondef('" + FUNCTION + "'::regproc)");
            found.next();
            String definition = found.getString(1);
            String changed = change.apply(definition);
            assertThat(changed).as("the variant").isNotEqualTo(definition);
            statement.execute(changed.replace(FUNCTION, name));
            try {
                test.accept(MessageSql.APPEND.replace(FUNCTION, name));
            } finally {
                statement.execute("drop function " + name);
            }
        }
    }

    /** With something in the schema that does not belong there. */
    static void during(String planting, String weeding, Runnable test) throws SQLException {
        try (Connection connection = owner();
                Statement statement = connection.createStatement()) {
            statement.execute(weeding);
            statement.execute(planting);
            try {
                test.run();
            } finally {
                statement.execute(weeding);
            }
        }
    }

    /** As the role that owns the schema: the application's cannot do this. */
    private static Connection owner() throws SQLException {
        Map<String, String> settings = Servers.properties();
        return DriverManager.getConnection(
                "jdbc:postgresql://" + settings.get("parley.postgres.address") + "/"
                        + settings.get("parley.postgres.database"),
                settings.get("parley.migration.user"),
                settings.get("parley.migration.password"));
    }
}
