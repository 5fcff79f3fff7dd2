package io.parley.infra.postgres;

import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.Session;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.user.User;
import io.r2dbc.spi.Readable;
import java.util.HexFormat;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Sessions in PostgreSQL, by its clock. Its answers are never old. */
final class PostgresSessionRepository implements SessionRepository {
    private final Store store;

    PostgresSessionRepository(Store store) {
        this.store = store;
    }

    @Override
    public Mono<Void> open(NewSession opened) {
        return store.sql(SessionSql.OPEN)
                .bind("id", opened.session().id().value())
                .bind("user", opened.session().user().value())
                .bind("device", opened.device().text())
                .bind("openedAt", opened.openedAt())
                .bind("endsAt", opened.session().endsAt())
                .bind("refresh", bytes(opened.refresh()))
                .then()
                .onErrorMap(Store::unavailable);
    }

    @Override
    public Mono<Rotation> rotate(RefreshToken.Hash presented, RefreshToken.Hash next) {
        return rotation(store.sql(SessionSql.ROTATE)
                        .bind("presented", bytes(presented))
                        .bind("next", bytes(next)))
                .switchIfEmpty(rotation(store.sql(SessionSql.REVOKE_REUSED).bind("presented", bytes(presented))))
                .onErrorMap(Store::unavailable);
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
        Session session = new Session(new SessionId(Column.uuid(row, "id")), user.id(), Column.instant(row, "ends_at"));
        return new Rotation(Rotation.Outcome.valueOf(Column.text(row, "outcome")), session, user);
    }

    @Override
    public Mono<Void> revoke(SessionId session) {
        return store.sql(SessionSql.REVOKE).bind("id", session.value()).then().onErrorMap(Store::unavailable);
    }

    @Override
    public Mono<Boolean> isActive(SessionId session) {
        return store.sql(SessionSql.IS_ACTIVE)
                .bind("id", session.value())
                .map(row -> Column.present(row, "active", Boolean.class))
                .one()
                .onErrorMap(Store::unavailable);
    }

    private static byte[] bytes(RefreshToken.Hash hash) {
        return HexFormat.of().parseHex(hash.hex());
    }
}
