/**
 * Kafka: the wire between the nodes. Every node writes the changes that it stored and reads all of them. Reactor Kafka
 * is known in this package only: it is finished rather than evolving, and must be easy to replace.
 *
 * <pre>
 * parley.changes  key      log id
 *                 value    the frame as clients get it
 *                 headers  epoch, offset, kind, reason, item, seq: what a node must know without decoding the frame
 * </pre>
 *
 * <p>Read {@link io.parley.infra.kafka.KafkaChangePublisher} first, then {@link io.parley.infra.kafka.KafkaChangeFeed}.
 */
@NullMarked
package io.parley.infra.kafka;

import org.jspecify.annotations.NullMarked;
