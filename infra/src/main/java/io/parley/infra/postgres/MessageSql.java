package io.parley.infra.postgres;

/** All statements on messages. */
final class MessageSql {
    static final String APPEND = "select * from append_lobby_message(:id, :clientMessageId, :body, :postedAt)";

    static final String HISTORY =
            "select * from lobby_messages where log_offset < :before order by log_offset desc limit :limit";

    static final String FIND = "select * from lobby_messages where id = :id";

    private MessageSql() {}
}
