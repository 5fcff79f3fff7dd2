package io.parley.infra.postgres;

/** Statements on the outbox. Ages by the clock of the database, as of the start of the statement. */
final class OutboxSql {
    /** In order, and without waiting: who else removes the same ones does so for good. */
    static final String REMOVE = """
            with gone as materialized (
                select o.log_id, o.log_offset
                    from unnest(:logs, :offsets) r(log_id, log_offset)
                    join outbox o on o.log_id = r.log_id and o.log_offset = r.log_offset
                    order by o.log_id, o.log_offset
                    for update of o skip locked
            )
            delete from outbox o using gone where o.log_id = gone.log_id and o.log_offset = gone.log_offset
            """;

    static final String OLDER_THAN = """
            select log_id, max(log_offset) as head_offset
                from outbox
                where created_at < statement_timestamp() - :age * interval '1 millisecond' and log_id = any(:logs)
                group by log_id
            """;

    /** What only a node of a later release knows, that one relays. */
    static final String CLAIM = """
            with lease as (
                insert into relay_lease as l (id, holder, until)
                    values (1, :holder, clock_timestamp() + :lease * interval '1 millisecond')
                    on conflict (id) do update set holder = excluded.holder, until = excluded.until
                        where l.holder = excluded.holder or l.until < clock_timestamp()
                    returning l.holder
            )
            select o.log_id, o.log_offset, o.kind, o.item, o.reason
                from outbox o, lease
                where o.created_at < statement_timestamp() - :age * interval '1 millisecond'
                    and o.kind = any(:kinds) and o.reason = any(:reasons)
                order by o.created_at, o.log_id, o.log_offset
                offset :passed
                limit :limit
            """;

    static final String BACKLOG = """
            select (select count(*) from (select 1 from outbox limit :most) counted) as waiting,
                coalesce(extract(epoch from clock_timestamp() - (select min(created_at) from outbox)) * 1000, 0)::bigint
                    as millis
            """;

    private OutboxSql() {}
}
