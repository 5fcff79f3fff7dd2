package io.parley.infra.postgres;

import static io.parley.infra.startup.StartupException.setting;

import io.parley.infra.startup.Backend;
import io.parley.infra.startup.Preparation;
import io.parley.infra.startup.StartupException;
import io.parley.infra.startup.TransportRule;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.R2dbcException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** PostgreSQL as a server that ours cannot do without. */
final class PostgresBackend implements Backend {
    private static final String MIGRATION_USER = "PARLEY_MIGRATION_USER / PARLEY_MIGRATION_PASSWORD";
    private static final String APPLICATION_USER = "PARLEY_POSTGRES_USER / PARLEY_POSTGRES_PASSWORD";

    private final PostgresConnections connections;
    private final PostgresProperties properties;
    private final MigrationProperties migration;
    private final ConnectionPool pool;
    private final StoreEpoch epoch;
    private final List<Preparation> preparations;

    PostgresBackend(
            PostgresConnections connections,
            PostgresProperties properties,
            MigrationProperties migration,
            ConnectionPool pool,
            StoreEpoch epoch,
            List<Preparation> preparations) {
        this.connections = connections;
        this.properties = properties;
        this.migration = migration;
        this.pool = pool;
        this.epoch = epoch;
        this.preparations = preparations;
    }

    @Override
    public String name() {
        return "PostgreSQL";
    }

    @Override
    public boolean required() {
        return true;
    }

    @Override
    public Mono<Void> open() {
        Migrations migrations = new Migrations(properties, migration);
        return signIns()
                .then(Mono.<Void>fromRunnable(migrations::run).subscribeOn(Schedulers.boundedElastic()))
                .then(pool.warmup())
                .then(epoch.read())
                .thenMany(Flux.fromIterable(preparations))
                .concatMap(Preparation::prepare)
                .then();
    }

    @Override
    public Mono<Void> ping() {
        return epoch.stored().then();
    }

    /** Tries both roles before it tells of either: one start shows all that is wrong. */
    private Mono<Void> signIns() {
        return Flux.concat(
                        faults(migration.user(), migration.password(), MIGRATION_USER),
                        faults(properties.user(), properties.password(), APPLICATION_USER))
                .distinct()
                .collectList()
                .filter(faults -> !faults.isEmpty())
                .flatMap(faults -> Mono.error(() -> new StartupException(StartupException.CONFIGURATION, faults)));
    }

    private Flux<String> faults(String user, String password, String variables) {
        return signIn(user, password, variables)
                .thenMany(Flux.<String>empty())
                .onErrorResume(StartupException.class, error -> Flux.fromIterable(error.faults()));
    }

    private Mono<Void> signIn(String user, String password, String variables) {
        return Mono.usingWhen(
                        Mono.from(connections.single(user, password).create()).timeout(properties.answerTimeout()),
                        connection -> Mono.<Void>empty(),
                        Connection::close)
                .onErrorMap(R2dbcException.class, error -> explained(error, user, variables));
    }

    private Throwable explained(R2dbcException error, String user, String variables) {
        String server = "PostgreSQL at " + properties.address();
        return switch (state(error)) {
            case "28P01", "28000" -> setting(variables, server + " refuses the sign-in of " + user);
            case "3D000" -> setting("PARLEY_POSTGRES_DATABASE", server + " has no database " + properties.database());
            case "42501" -> setting(variables, server + " does not let " + user + " into " + properties.database());
            default ->
                TransportRule.untrusted(error)
                        ? setting("PARLEY_POSTGRES_CA_FILE", "the certificate of PostgreSQL is not trusted")
                        : error;
        };
    }

    private static String state(R2dbcException error) {
        @Nullable String state = error.getSqlState();
        return state == null ? "" : state;
    }
}
