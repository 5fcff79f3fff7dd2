package io.parley.infra.postgres;

/** Statements on the compacted logs. Each is one statement, and so one snapshot. */
final class LogSql {
    /** An entry {@code e} and the present state of its item: the columns of one kind are filled. */
    static final String ITEM = """
            e.log_id, e.log_offset, e.kind, e.item, e.reason,
            m.seq, m.sender_id, m.client_message_id, m.body, m.posted_at, m.edited_at, m.deleted_at,
            mb.member_role, mb.since, mb.user_id, mb.handle, mb.display_name,
            c.id as conversation_id, c.kind as conversation_kind, c.title, c.history, c.created_at,
            ms.membership_role, ms.visible_from_seq,
            s.ended_at,
            pf.preference_names, pf.preference_values,
            d.draft_body, d.updated_at,
            ps.notify, ps.muted_until, ps.marked_unread
            """;

    /**
     * Each with a limit of its own, which the planner cannot take apart: it looks single rows up by their keys, instead
     * of joining a page with all members of a large conversation.
     */
    private static final String STATE = """
            left join lateral (
                select * from messages
                    where e.kind = 'message' and conversation_id = e.log_id and id = e.item
                    limit 1
            ) m on true
            left join lateral (
                select r.role as member_role, r.since, u.id as user_id, u.handle, u.display_name
                    from user_conversations r
                    join users u on u.id = r.user_id
                    where e.kind = 'member' and r.conversation_id = e.log_id and r.user_id = e.item
                    limit 1
            ) mb on true
            left join lateral (
                select * from conversations where e.kind = 'conversation' and id = e.item limit 1
            ) c on true
            left join lateral (
                select r.role as membership_role, r.visible_from_seq, r.user_id
                    from user_conversations r
                    where e.kind = 'membership' and r.conversation_id = e.item and r.user_id = e.log_id
                    limit 1
            ) ms on true
            left join lateral (
                select revoked_at as ended_at from sessions where e.kind = 'session' and id = e.item limit 1
            ) s on true
            left join lateral (
                select user_id, array(select key from jsonb_each_text(entries) order by key) as preference_names,
                        array(select value from jsonb_each_text(entries) order by key) as preference_values
                    from preferences where e.kind = 'preferences' and user_id = e.item
                    limit 1
            ) pf on true
            left join lateral (
                select user_id, body as draft_body, updated_at
                    from drafts where e.kind = 'draft' and user_id = e.log_id and conversation_id = e.item
                    limit 1
            ) d on true
            left join lateral (
                select user_id, notify, muted_until, marked_unread
                    from user_conversations
                    where e.kind = 'personal' and conversation_id = e.item and user_id = e.log_id
                    limit 1
            ) ps on true
            """;

    /**
     * Some items can go while their entry is still there; what has no state is not in the log. Nor is what only a node of a
     * later release knows: its own clients get it from there.
     */
    private static final String HAS_STATE = """
            num_nonnulls(m.id, mb.user_id, c.id, ms.user_id, s.ended_at, pf.user_id, d.user_id, ps.user_id) > 0
            and e.reason = any(:reasons)
            """;

    /** One row with nulls if there is nothing in the range: head and floor are told in any case. */
    private static final String RANGE = """
            select b.head, b.floor, i.*
                from bounds b
                left join lateral (
                    select %s from log e %s
                        where e.log_id = :log and e.log_offset > :after and e.log_offset <= :to and %s
                            and (m.seq is null or m.seq >= b.first_seq)
                        order by e.log_offset
                        limit :limit
                ) i on true
                order by i.log_offset
            """.formatted(ITEM, STATE, HAS_STATE);

    static final String PAGE = """
            with bounds as (
                select coalesce(c.head_offset, u.head_offset, 0) as head, coalesce(c.floor, u.floor, 0) as floor,
                        1 as first_seq
                    from (select cast(:log as uuid) as id) l
                    left join conversations c on c.id = l.id
                    left join user_logs u on u.user_id = l.id
            )
            """ + RANGE;

    /** A row with nulls for each range in which there is nothing. */
    private static final String RANGES = """
            select b.number, b.joined_at, b.head, b.floor, i.*
                from bounds b
                left join lateral (
                    select %s from log e %s
                        where e.log_id = b.log and e.log_offset > b.after and e.log_offset <= b.until and %s
                            and (m.seq is null or m.seq >= b.first_seq)
                        order by e.log_offset
                        limit :limit
                ) i on true
                order by b.number, i.log_offset
            """.formatted(ITEM, STATE, HAS_STATE);

    /** One statement, and so one snapshot, for all of them; the numbers of the ranges from 1. */
    static final String PAGES = """
            with bounds as (
                select r.number, r.log, r.after, r.until, 1 as first_seq, 0 as joined_at,
                        coalesce(c.head_offset, u.head_offset, 0) as head, coalesce(c.floor, u.floor, 0) as floor
                    from unnest(:logs, :afters, :tos) with ordinality r(log, after, until, number)
                    left join conversations c on c.id = r.log
                    left join user_logs u on u.user_id = r.log
            )
            """ + RANGES;

    /** The same, without a row for what the reader may not read. */
    static final String PAGES_FOR = """
            with ranges as (
                select * from unnest(:logs, :afters, :tos) with ordinality r(log, after, until, number)
            ), bounds as (
                select r.number, r.log, r.after, r.until, m.visible_from_seq as first_seq, m.joined_offset as joined_at,
                        c.head_offset as head, c.floor
                    from ranges r
                    join user_conversations m
                        on m.conversation_id = r.log and m.user_id = :reader and m.role is not null
                    join conversations c on c.id = r.log
                union all
                select r.number, r.log, r.after, r.until, 1, 0, coalesce(u.head_offset, 0), coalesce(u.floor, 0)
                    from ranges r
                    left join user_logs u on u.user_id = r.log
                    where r.log = :reader
            )
            """ + RANGES;

    /** Without a row for who may not read the log. */
    static final String PAGE_FOR = """
            with bounds as (
                select c.head_offset as head, c.floor, r.visible_from_seq as first_seq
                    from user_conversations r
                    join conversations c on c.id = r.conversation_id
                    where r.conversation_id = :log and r.user_id = :reader and r.role is not null
                union all
                select coalesce(u.head_offset, 0), coalesce(u.floor, 0), 1
                    from (select cast(:log as uuid) as id) l
                    left join user_logs u on u.user_id = l.id
                    where l.id = :reader
            )
            """ + RANGE;

    static final String HEADS = """
            select id as log_id, head_offset from conversations where id = any(:logs)
            union all
            select user_id, head_offset from user_logs where user_id = any(:logs)
            """;

    static final String PRESENT = """
            select %s
                from unnest(:logs, :offsets, :kinds, :items) with ordinality p(log_id, log_offset, kind, item, n)
                join log e on e.log_id = p.log_id and e.kind = p.kind and e.item = p.item
                    and e.log_offset = p.log_offset
                %s
                where %s
                order by p.n
            """.formatted(ITEM, STATE, HAS_STATE);

    static final String END_SESSION = "select * from end_session(:session, :now)";

    static final String EPOCH = "select epoch from store";

    private LogSql() {}
}
