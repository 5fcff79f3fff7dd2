package io.parley.infra.postgres;

/** Statements on conversations and their members. */
final class ConversationSql {
    static final String OPEN_DIRECT = "select * from open_direct(:id, :creator, :peer, :now)";

    static final String CREATE = """
            select * from create_conversation(:id, :creator, :key, :hash, :kind, :title, :history, :members, :now)
            """;

    static final String RENAME = "select * from rename_conversation(:id, :actor, :title)";

    static final String JOIN = "select * from join_conversation(:id, :user, :now)";

    static final String ADD = "select * from add_member(:id, :actor, :user, :now)";

    static final String REMOVE = "select * from remove_member(:id, :actor, :user, :now)";

    static final String SET_ROLE = "select * from set_member_role(:id, :actor, :user, :role)";

    private static final String CONVERSATION =
            "c.id as conversation_id, c.kind as conversation_kind, c.title, c.history, c.created_at";

    private static final String MINE = CONVERSATION + """
            , r.role, r.visible_from_seq, r.joined_offset, r.last_read_seq, r.last_delivered_seq, c.member_count,
            c.head_offset, c.head_seq, c.head_count - r.last_read_count as unread, p.id as user_id, p.handle, p.display_name,
            p.peer_read_seq, p.peer_delivered_seq
            """;

    private static final String PEER = """
            left join lateral (
                select u.id, u.handle, u.display_name, other.last_read_seq as peer_read_seq,
                        other.last_delivered_seq as peer_delivered_seq
                    from user_conversations other
                    join users u on u.id = other.user_id
                    where c.kind = 'direct' and other.conversation_id = c.id and other.user_id <> r.user_id
                    limit 1
            ) p on true
            """;

    private static final String MY_ROWS =
            "select " + MINE + """
                from user_conversations r
                join conversations c on c.id = r.conversation_id
            """ + PEER + " where r.user_id = :user and r.role is not null ";

    /** A row with nulls to who is in none: the head of the user's log is told in any case. */
    static final String ALL_MINE = """
            select l.head as log_head, mine.*
                from (select coalesce((select head_offset from user_logs where user_id = :user), 0) as head) l
                left join (
            """ + MY_ROWS + """
                ) mine on true
                order by mine.conversation_id
            """;

    static final String ONE_OF_MINE = MY_ROWS + "and r.conversation_id = :id";

    static final String SOME_OF_MINE =
            MY_ROWS + "and r.conversation_id > :after order by r.conversation_id limit :limit";

    /** Without a row to who is not a member; a row with nulls if there are no more members. */
    static final String MEMBERS = """
            select m.*
                from user_conversations r
                left join lateral (
                    select mb.role as member_role, mb.since, u.id as user_id, u.handle, u.display_name
                        from user_conversations mb
                        join users u on u.id = mb.user_id
                        where mb.conversation_id = r.conversation_id and mb.role is not null and mb.user_id > :after
                        order by mb.user_id
                        limit :limit
                ) m on true
                where r.conversation_id = :id and r.user_id = :reader and r.role is not null
                order by m.user_id
            """;

    static final String CHANNELS = "select " + CONVERSATION
            + " from conversations c where c.kind = 'channel' and c.id > :after order by c.id limit :limit";

    /** Those of some who are in a conversation with one. */
    static final String MET = """
            select distinct r.user_id
                from user_conversations r
                where r.user_id = any(:others) and r.role is not null
                    and exists (
                        select 1 from user_conversations mine
                            where mine.user_id = :user and mine.conversation_id = r.conversation_id
                                and mine.role is not null
                    )
            """;

    private ConversationSql() {}
}
