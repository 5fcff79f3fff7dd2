/**
 * PostgreSQL: where messages and accounts rest. Migrations run at start by a role of their own, over JDBC; everything else goes
 * over R2DBC with the application's role, which cannot change the schema.
 *
 * <pre>
 * lobby           id = 1, head_offset
 * lobby_messages  log_offset (1, 2, 3, … without holes), id, client_message_id (unique), body, posted_at
 * users           id, handle, handle_key (unique, also of deleted ones), display_name, created_at, deleted_at
 * credentials     user_id, password_hash
 * sessions        id, user_id, device, created_at, refreshed_at, ends_at, refresh_hash, previous_refresh_hash, revoked_at
 * signing_keys    kid, private_key, created_at, use (unique: current, next, previous)
 * </pre>
 *
 * <p>Read {@link io.parley.infra.postgres.PostgresMessageRepository} first; the schema is in
 * {@code resources/db/migration}.
 */
@NullMarked
package io.parley.infra.postgres;

import org.jspecify.annotations.NullMarked;
