/**
 * PostgreSQL: where messages rest. Migrations run at start by a role of their own, over JDBC; everything else goes
 * over R2DBC with the application's role, which cannot change the schema.
 *
 * <pre>
 * lobby           id = 1, head_offset
 * lobby_messages  log_offset (1, 2, 3, … without holes), id, client_message_id (unique), body, posted_at
 * </pre>
 *
 * <p>Read {@link io.parley.infra.postgres.PostgresConnections} first; the schema is in
 * {@code resources/db/migration}.
 */
@NullMarked
package io.parley.infra.postgres;

import org.jspecify.annotations.NullMarked;
