package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.SessionId;
import io.parley.domain.log.Change;
import io.parley.domain.log.Change.SessionChange;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Reason;
import io.parley.domain.log.SessionLog;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import io.r2dbc.spi.R2dbcException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What is there once a node has started: tables, rights, the epoch, and the log of each user. */
class SchemaIT {
    private final World world = new World(Node.first());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table mine (id int)",
                "alter table messages add column mine int",
                "drop table messages",
                "truncate messages",
                "drop function append_messages",
                "delete from flyway_schema_history",
                "update store set epoch = gen_random_uuid()",
                "create schema mine"
            })
    void theApplicationsRoleCannotChangeTheSchema(String statement) {
        StepVerifier.create(world.client.sql(statement).then())
                .expectErrorSatisfies(error -> assertThat(error)
                        .rootCause()
                        .isInstanceOfSatisfying(R2dbcException.class, refused -> assertThat(refused.getSqlState())
                                .isEqualTo("42501")))
                .verify(TIMEOUT);
    }

    @Test
    void anotherNodeThatStartsChangesNothing() {
        List<String> schema = schema();

        try (Node third = Node.start()) {
            UserId user = new World(third).user();
            assertThat(new World(third).group(user)).isNotNull();
            assertThat(third.get(Epoch.class).value())
                    .isEqualTo(Node.first().get(Epoch.class).value());
        }

        assertThat(schema()).isEqualTo(schema).hasSizeGreaterThan(50);
    }

    /** Tables with their columns, functions, the migrations that were run, and the epoch. */
    private List<String> schema() {
        return await(world.client
                .sql("select table_name || '.' || column_name || ' ' || data_type from information_schema.columns"
                        + " where table_schema = 'public'"
                        + " union all select routine_name from information_schema.routines"
                        + " where routine_schema = 'public'"
                        + " union all select version || ' ' || installed_on from flyway_schema_history"
                        + " where version is not null"
                        + " union all select epoch::text from store order by 1")
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all());
    }

    @Test
    void aSessionEndsOnceAndIsToldOnTheLogOfItsUser() {
        UserId user = world.user();
        SessionId session = session(user);
        Instant now = World.now();
        SessionLog sessions = Node.first().get(SessionLog.class);

        List<LogEntry> told = await(Flux.range(0, 8)
                .flatMap(
                        i -> (i % 2 == 0 ? sessions : Node.second().get(SessionLog.class))
                                .end(session, now)
                                .subscribeOn(Schedulers.parallel()),
                        8)
                .flatMapIterable(entries -> entries));

        LogEntry ended = new LogEntry(LogId.of(user), 1, ItemKind.SESSION, session.value(), Reason.REVOKED);
        assertThat(told).containsExactly(ended);
        Change change = new SessionChange(ended, session, now);
        assertThat(await(world.logs.present(told))).containsExactly(change);
        assertThat(await(world.logs.pageFor(user, LogId.of(user), 0, LogReader.HEAD, 5))
                        .changes())
                .containsExactly(change);
        assertThat(await(sessions.end(new SessionId(UUID.randomUUID()), now))).isEmpty();
        world.isWhole(LogId.of(user));
    }

    private SessionId session(UserId user) {
        UUID id = UUID.randomUUID();
        await(world.client
                .sql("insert into sessions (id, user_id, device, created_at, refreshed_at, ends_at, refresh_hash)"
                        + " values (:id, :user, '', now(), now(), now(), sha256(cast(:id as text)::bytea))")
                .bind("id", id)
                .bind("user", user.value())
                .fetch()
                .rowsUpdated());
        return new SessionId(id);
    }
}
