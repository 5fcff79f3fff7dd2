package io.parley.infra.postgres;

/** All statements on users and their passwords. */
final class AccountSql {
    /** Inserts both rows, or none if the handle is taken. */
    static final String REGISTER = """
            with born as (
                insert into users (id, handle, handle_key, display_name, created_at)
                values (:id, :handle, :handleKey, :displayName, :createdAt)
                on conflict (handle_key) do nothing
                returning id)
            insert into credentials (user_id, password_hash) select id, :passwordHash from born""";

    static final String CREDENTIALS = """
            select u.*, c.password_hash from users u join credentials c on c.user_id = u.id
            where u.handle_key = :handleKey and u.deleted_at is null""";

    static final String BY_HANDLE = "select * from users where handle_key = :handleKey and deleted_at is null";

    static final String BY_ID = "select * from users where id = :id and deleted_at is null";

    private AccountSql() {}
}
