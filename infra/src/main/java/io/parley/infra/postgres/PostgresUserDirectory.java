package io.parley.infra.postgres;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.user.Handle;
import io.parley.domain.user.User;
import io.parley.domain.user.UserDirectory;
import io.parley.domain.user.UserId;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** People in PostgreSQL. */
final class PostgresUserDirectory implements UserDirectory {
    private final Store store;

    PostgresUserDirectory(Store store) {
        this.store = store;
    }

    @Override
    public Mono<User> byHandle(Handle handle) {
        return one(store.sql(AccountSql.BY_HANDLE).bind("handleKey", handle.key()));
    }

    @Override
    public Mono<User> byId(UserId id) {
        return one(store.sql(AccountSql.BY_ID).bind("id", id.value()));
    }

    private static Mono<User> one(GenericExecuteSpec query) {
        return query.map(Users::of)
                .one()
                .onErrorMap(Store::unavailable)
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.USER_UNKNOWN)));
    }
}
