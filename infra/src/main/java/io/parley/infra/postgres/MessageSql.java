package io.parley.infra.postgres;

/** Statements on messages. Those that read yield a row for each member, with nulls if there is no message. */
final class MessageSql {
    static final String APPEND = """
            select * from append_messages(:ops, :conversations, :actors, :ids, :clientIds, :bodies, :ats)
                order by item_number
            """;

    static final String MOVE = "select * from move_positions(:conversation, :member, :seq, :read)";

    /** Without a row to who is not a member; the reader's own alone if there are too many. */
    static final String STANDINGS = """
            select o.user_id, o.last_read_seq, o.last_delivered_seq
                from user_conversations r
                join conversations c on c.id = r.conversation_id
                cross join lateral (
                    select * from user_conversations
                        where conversation_id = r.conversation_id and role is not null
                            and (c.member_count <= :most or user_id = r.user_id)
                        order by user_id
                        limit :most
                ) o
                where r.conversation_id = :conversation and r.user_id = :member and r.role is not null
                order by o.user_id
            """;

    /** Without waiting; whoever comes meanwhile waits for this statement, which is a moment. */
    static final String LOCKED = """
            with free as materialized (
                select id from conversations where id = any(:ids) for no key update skip locked
            )
            select id from conversations where id = any(:ids) and id not in (select id from free)
            """;

    static final String BEFORE = page("seq < :seq", "desc");

    static final String AFTER = page("seq > :seq", "asc");

    /** Half of the limit below the seq, the rest from it on: less on one side does not make more on the other. */
    static final String AROUND = messages("""
            (select * from messages
                where conversation_id = r.conversation_id and seq < :seq and seq >= r.visible_from_seq
                order by seq desc
                limit :limit / 2)
            union all
            (select * from messages
                where conversation_id = r.conversation_id and seq >= :seq and seq >= r.visible_from_seq
                order by seq
                limit :limit - :limit / 2)
            """);

    static final String FIND = messages("""
            select * from messages
                where conversation_id = r.conversation_id and id = :id and seq >= r.visible_from_seq
            """);

    private MessageSql() {}

    private static String page(String range, String order) {
        return messages("""
                select * from messages
                    where conversation_id = r.conversation_id and %s and seq >= r.visible_from_seq
                    order by seq %s
                    limit :limit
                """.formatted(range, order));
    }

    private static String messages(String selected) {
        return """
                select e.log_id, e.log_offset, e.kind, e.item, e.reason,
                        m.seq, m.sender_id, m.client_message_id, m.body, m.posted_at, m.edited_at, m.deleted_at
                    from user_conversations r
                    left join lateral (%s) m on true
                    left join log e on e.log_id = m.conversation_id and e.kind = 'message' and e.item = m.id
                    where r.conversation_id = :conversation and r.user_id = :reader and r.role is not null
                    order by m.seq
                """.formatted(selected);
    }
}
