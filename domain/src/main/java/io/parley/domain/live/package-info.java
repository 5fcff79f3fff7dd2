/**
 * The live engine: a connection is a cursor in each log that its user may see. History, live delivery, resume and slow
 * clients are one mechanism.
 *
 * <p>Read {@link io.parley.domain.live.Connections} first, then {@link io.parley.domain.live.LiveConnection}, {@link
 * io.parley.domain.live.Following}, {@link io.parley.domain.live.Cursor} and {@link io.parley.domain.live.CatchUp}: one
 * client. Then {@link
 * io.parley.domain.live.Hub} and {@link io.parley.domain.live.FollowedLog}: one log on one event loop. Both sides are
 * confined to a {@link io.parley.domain.live.Loop} and need no locks. {@link io.parley.domain.live.HearChanges} and {@link
 * io.parley.domain.live.Watch} bring the news.
 */
@NullMarked
package io.parley.domain.live;

import org.jspecify.annotations.NullMarked;
