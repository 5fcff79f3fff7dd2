/**
 * The log: what every follower of a conversation, or of a user, may see, as the states of items at offsets.
 *
 * <p>Read {@link io.parley.domain.log.Change} first, then {@link io.parley.domain.log.LogReader}. A change is stored with
 * an entry in the {@link io.parley.domain.log.Outbox}, encoded once ({@link io.parley.domain.log.ChangeEncoder}), and
 * carried to all nodes by {@link io.parley.domain.log.ChangePublisher} and {@link io.parley.domain.log.ChangeFeed}.
 */
@NullMarked
package io.parley.domain.log;

import org.jspecify.annotations.NullMarked;
