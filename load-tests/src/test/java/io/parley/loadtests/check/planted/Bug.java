package io.parley.loadtests.check.planted;

import java.sql.SQLException;

/** What is planted, and which invariant must catch it. */
public enum Bug {
    /** The answer is given on the row; a transaction that then fails has been acknowledged. */
    ACK_BEFORE_COMMIT("I1", "ack-before-commit") {
        @Override
        void alter(AlteredFunctions functions) throws SQLException {
            functions
                    .with("""
                            create function planted_failure() returns trigger language plpgsql as
                            $$ begin raise exception 'planted' using errcode = '23514'; end; $$
                            """, "drop function planted_failure()")
                    .with("""
                            create constraint trigger planted_failure after insert on messages
                                deferrable initially deferred for each row
                                when (new.body like 'cut-here%') execute function planted_failure()
                            """, "drop trigger planted_failure on messages");
        }
    },
    REPEATS_NOT_RECOGNISED("I3", "") {
        @Override
        void alter(AlteredFunctions functions) throws SQLException {
            functions
                    .with(
                            "append_messages",
                            "and sender_id = p_actors[n] and client_message_id = p_client_ids[n];",
                            "and sender_id = p_actors[n] and client_message_id = p_client_ids[n] and false;")
                    .with("append_send", "p_sender, p_client_id, p_body,", """
                            p_sender, coalesce((select gen_random_uuid() from messages where conversation_id = \
                            p_conversation and sender_id = p_sender and client_message_id = p_client_id), p_client_id), \
                            p_body,""");
        }
    },
    A_HOLE_LEFT_BY_A_REPEAT("I5", "") {
        @Override
        void alter(AlteredFunctions functions) throws SQLException {
            functions.with(
                    "append_messages",
                    "elsif v_status = 'repeat' then",
                    "elsif v_status = 'repeat' then v_conversation.head_offset := v_conversation.head_offset + 1;");
        }
    },
    A_REMOVED_SENDER_STILL_WRITES("I11", "") {
        @Override
        void alter(AlteredFunctions functions) throws SQLException {
            functions.with("append_decision", "if p_member.role is null then", "if p_member.user_id is null then");
        }
    },
    DELIVERY_WITHOUT_REORDERING("I6", "reorder"),
    A_LOST_TAIL("I9", "lost-tail"),
    A_PAGE_WITHOUT_THE_HEAD_OF_ITS_SNAPSHOT("I9", "head-read-later"),
    A_CATCH_UP_THAT_OVERTAKES_THE_HUB("I9", "overtake"),
    RESUME_OFF_BY_ONE("I6", "off-by-one"),
    EPOCH_IGNORED("I9", "epoch-ignored"),
    DELETED_CONTENT_FROM_THE_CACHE("I13", "revived"),
    A_RECEIPT_MOVED_BY_SOMEBODY_ELSE("I15", "") {
        @Override
        void alter(AlteredFunctions functions) throws SQLException {
            functions.with(
                    "append_send",
                    "where conversation_id = p_conversation and user_id = p_sender;",
                    "where conversation_id = p_conversation;");
        }
    };

    private final String invariant;
    private final String name;

    Bug(String invariant, String name) {
        this.invariant = invariant;
        this.name = name;
    }

    public String invariant() {
        return invariant;
    }

    /** What {@link Switch} calls it; empty if it is in the database alone. */
    String switched() {
        return name;
    }

    void alter(AlteredFunctions functions) throws SQLException {
        // most are in the nodes alone
    }
}
