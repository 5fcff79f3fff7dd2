package io.parley.infra.postgres;

/** Statements on what users keep for themselves. */
final class PrivateSql {
    static final String PREFER = "select * from change_preferences(:user, :names, :values, :mostNames, :mostBytes)";
    static final String DRAFT = "select * from save_draft(:conversation, :user, :body, :now)";
    static final String CHANGE = """
            select * from change_personal(:conversation, :user, :notify, :mute, :mutedUntil, :markedUnread)
            """;

    /** No row to who has none yet. */
    static final String PREFERENCES = """
            select array(select key from jsonb_each_text(entries) order by key) as preference_names,
                    array(select value from jsonb_each_text(entries) order by key) as preference_values
                from preferences where user_id = :user
            """;

    static final String PERSONAL = """
            select notify, muted_until, marked_unread from user_conversations
                where conversation_id = :conversation and user_id = :user and role is not null
            """;

    private PrivateSql() {}
}
