/**
 * PostgreSQL: where accounts, conversations, messages and logs rest. Migrations run at start by a role of their own, over JDBC;
 * everything else goes over R2DBC with the application's role, which cannot change the schema.
 *
 * <pre>
 * users               id; handle_key (unique, also of deleted ones), handle, display_name, created_at, deleted_at
 * credentials         user_id; password_hash
 * sessions            id; user_id, device, refresh_hash, previous_refresh_hash, ends_at, revoked_at, …
 * signing_keys        kid; private_key, created_at, use (unique: current, next, previous)
 * conversations       id; kind, title, history, …; head_offset, floor: its log; head_seq, head_count: its messages
 * user_logs           user_id; head_offset, floor: the user's log; conversations: in how many the user is
 * user_conversations  (conversation_id, user_id); role (null: has left), visible_from_seq, last_read_seq, …
 * preferences         user_id; entries: what the clients of a user keep
 * drafts              (user_id, conversation_id); body (null: removed), updated_at
 * messages            (conversation_id, seq); count, id, sender_id, client_message_id, body (null: deleted), …
 * log                 (log_id, kind, item); log_offset, reason: the latest change of each item
 * outbox              (log_id, log_offset); kind, item, reason, created_at: until Kafka has it
 * relay_lease, store  one row each: who relays the outbox; the epoch
 * </pre>
 *
 * <p>Who writes locks the conversation's row, then user logs by their ids, and looks only then: all of that is in
 * functions, in {@code resources/db/migration}. Read {@code V2_1__append_messages.sql} and {@link
 * io.parley.infra.postgres.PostgresMessageLog} first, then {@link io.parley.infra.postgres.PostgresLogReader}.
 */
@NullMarked
package io.parley.infra.postgres;

import org.jspecify.annotations.NullMarked;
