package io.parley.infra.postgres;

import io.parley.domain.auth.Session;

/** All statements on sessions. */
final class SessionSql {
    static final String OPEN = """
            insert into sessions (id, user_id, device, created_at, refreshed_at, ends_at, refresh_hash)
            values (:id, :user, :device, :openedAt, :openedAt, :endsAt, :refresh)""";

    private static final String GOES_ON = "s.user_id = u.id and u.deleted_at is null and s.revoked_at is null"
            + " and s.ends_at > now() and s.refreshed_at > now() - interval '" + Session.IDLE.toDays() + " days'";

    private static final String COLUMNS =
            "s.id, s.user_id, s.ends_at, u.handle, u.display_name, u.created_at as user_created_at";

    /** Of several that come with one token, the first changes the row; the others find it changed when their lock comes. */
    static final String ROTATE = "update sessions s"
            + " set refresh_hash = :next, previous_refresh_hash = :presented, refreshed_at = now()"
            + " from users u where s.refresh_hash = :presented and " + GOES_ON
            + " returning " + COLUMNS + ", 'ROTATED' as outcome";

    /** For a token that could not be rotated: revokes its session if the token was spent, and says whose it was. */
    static final String REVOKE_REUSED = """
            with reused as (
                update sessions set revoked_at = coalesce(revoked_at, now())
                where previous_refresh_hash = :presented
                returning id)
            select %s, case when r.id is null then 'ENDED' else 'REUSED' end as outcome
            from sessions s join users u on u.id = s.user_id left join reused r on r.id = s.id
            where s.refresh_hash = :presented or s.previous_refresh_hash = :presented""".formatted(COLUMNS);

    static final String REVOKE = "update sessions set revoked_at = now() where id = :id and revoked_at is null";

    static final String IS_ACTIVE =
            "select exists (select 1 from sessions s, users u where s.id = :id and " + GOES_ON + ") as active";

    private SessionSql() {}
}
