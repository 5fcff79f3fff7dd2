/**
 * The live path: how a stored change reaches everybody who follows its log.
 *
 * <p>Read {@link io.parley.domain.live.FollowChanges} first; {@link io.parley.domain.live.ChangePublisher} and
 * {@link io.parley.domain.live.ChangeFeed} are the two ends of the wire between the nodes.
 */
@NullMarked
package io.parley.domain.live;

import org.jspecify.annotations.NullMarked;
