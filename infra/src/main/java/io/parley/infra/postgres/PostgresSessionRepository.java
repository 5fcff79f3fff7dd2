package io.parley.infra.postgres;

import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.Session;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.user.User;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Sessions in PostgreSQL, by its clock. Its answers are never old. */
final class PostgresSessionRepository implements SessionRepository {
    private final DatabaseClient client;

    PostgresSessionRepository(DatabaseClient client) {
        this.client = client;
    }

    @Override
    public Mono<Void> open(NewSession opened) {
        return client.sql(SessionSql.OPEN)
                .bind("id", opened.session().id().value())
                .bind("user", opened.session().user().value())
                .bind("device", opened.device().text())
                .bind("openedAt", opened.openedAt())
                .bind("endsAt", opened.session().endsAt())
                .bind("refresh", bytes(opened.refresh()))
                .then()
                .onErrorMap(StoreErrors::translated);
    }

    @Override
    public Mono<Rotation> rotate(RefreshToken.Hash presented, RefreshToken.Hash next) {
        return rotation(client.sql(SessionSql.ROTATE)
                        .bind("presented", bytes(presented))
                        .bind("next", bytes(next)))
                .switchIfEmpty(rotation(client.sql(SessionSql.REVOKE_REUSED).bind("presented", bytes(presented))))
                .onErrorMap(StoreErrors::translated);
    }

    private static Mono<Rotation> rotation(GenericExecuteSpec statement) {
        return statement
                .map(PostgresSessionRepository::rotation)
                .all()
                // The row arrives before the commit does: only completion says that it is stored.
                .takeLast(1)
                .singleOrEmpty();
    }

    private static Rotation rotation(Readable row) {
        User user = Users.of(row, "user_id", "user_created_at");
        Session session = new Session(
                new SessionId(Rows.column(row, "id", UUID.class)),
                user.id(),
                Rows.column(row, "ends_at", Instant.class));
        return new Rotation(Rotation.Outcome.valueOf(Rows.column(row, "outcome", String.class)), session, user);
    }

    @Override
    public Mono<Void> revoke(SessionId session) {
        return client.sql(SessionSql.REVOKE).bind("id", session.value()).then().onErrorMap(StoreErrors::translated);
    }

    @Override
    public Mono<Boolean> isActive(SessionId session) {
        return client.sql(SessionSql.IS_ACTIVE)
                .bind("id", session.value())
                .map(row -> Rows.column(row, "active", Boolean.class))
                .one()
                .onErrorMap(StoreErrors::translated);
    }

    private static byte[] bytes(RefreshToken.Hash hash) {
        return HexFormat.of().parseHex(hash.hex());
    }
}
