/**
 * The server on a laptop: real PostgreSQL, Kafka, Redis and S3 beside it, kept in the folder {@code .parley}.
 *
 * <p>Read {@link io.parley.app.local.LocalParley} first; it is what the command in the README runs.
 */
package io.parley.app.local;
