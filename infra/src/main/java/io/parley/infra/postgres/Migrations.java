package io.parley.infra.postgres;

import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;

/** Brings the schema up to date, under Flyway's lock, as the role that owns it. */
final class Migrations {
    private final PostgresProperties postgres;
    private final MigrationProperties migration;

    Migrations(PostgresProperties postgres, MigrationProperties migration) {
        this.postgres = postgres;
        this.migration = migration;
    }

    /** Blocks until the schema is this release's. Running it again, or on many nodes at once, changes nothing. */
    void run() {
        Flyway.configure(getClass().getClassLoader())
                .dataSource(url(), migration.user(), migration.password())
                .jdbcProperties(link())
                // A migration that waits for a lock makes all who come after it wait: give up, and try at the next
                // start.
                .initSql("set lock_timeout = '2s'")
                .placeholders(Map.of("applicationRole", postgres.user()))
                .load()
                .migrate();
    }

    private String url() {
        return "jdbc:postgresql://" + postgres.address() + "/" + postgres.database();
    }

    /** As the JDBC driver names them; R2DBC has its own words for the same in {@link PostgresConnections}. */
    private Map<String, String> link() {
        Map<String, String> link = new HashMap<>();
        link.put("connectTimeout", "5");
        link.put("sslmode", postgres.tls() ? "verify-full" : "disable");
        if (postgres.tls() && postgres.caFile() != null) {
            link.put("sslrootcert", postgres.caFile().toString());
        } else if (postgres.tls()) {
            link.put("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
        }
        return link;
    }
}
