/**
 * What lasts only for moments: who is there, who is typing, how far somebody has just read. All of it may be lost, and the messages still flow.
 *
 * <p>Read {@link io.parley.domain.presence.PresenceRegistry} first, then {@link
 * io.parley.domain.presence.HintChannel}.
 */
@NullMarked
package io.parley.domain.presence;

import org.jspecify.annotations.NullMarked;
