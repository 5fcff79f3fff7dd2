/**
 * PostgreSQL, Kafka, Redis and an S3 endpoint as real processes on this machine, for a laptop and for every test.
 *
 * <p>Read {@link EmbeddedServers} first: it is all that users see. The servers belong to a {@link Keeper}, a JVM of its
 * own that outlives its users and ends after the last of them; {@link Part} is one server in its hands, and {@link
 * Folder} says what lies where on disk.
 */
@NullMarked
package io.parley.embedded;

import org.jspecify.annotations.NullMarked;
