package io.parley.infra.postgres;

import io.parley.domain.auth.Account;
import io.parley.domain.auth.AccountRepository;
import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.user.Handle;
import io.parley.domain.user.User;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

/** Accounts in PostgreSQL; registering is one statement, and a unique index decides who gets a handle. */
final class PostgresAccountRepository implements AccountRepository {
    private final Store store;

    PostgresAccountRepository(Store store) {
        this.store = store;
    }

    @Override
    public Mono<Void> register(Account account) {
        User user = account.user();
        return store.sql(AccountSql.REGISTER)
                .bind("id", user.id().value())
                .bind("handle", user.handle().text())
                .bind("handleKey", user.handle().key())
                .bind("displayName", user.displayName().text())
                .bind("createdAt", user.createdAt())
                .bind("passwordHash", account.passwordHash())
                .fetch()
                .rowsUpdated()
                .onErrorMap(Store::unavailable)
                .filter(stored -> stored == 1)
                .switchIfEmpty(Mono.error(() -> new Conflict(ErrorCode.HANDLE_TAKEN)))
                .then();
    }

    @Override
    public Mono<Account> find(Handle handle) {
        return store.sql(AccountSql.CREDENTIALS)
                .bind("handleKey", handle.key())
                .map(PostgresAccountRepository::account)
                .one()
                .onErrorMap(Store::unavailable);
    }

    private static Account account(Readable row) {
        return new Account(Users.of(row), Column.text(row, "password_hash"));
    }
}
