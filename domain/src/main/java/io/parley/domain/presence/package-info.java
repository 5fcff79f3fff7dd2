/**
 * What lasts only for moments: who is there, who is typing. All of it may be lost, and the messages still flow.
 *
 * <p>Read {@link io.parley.domain.presence.PresenceRegistry} first, then {@link
 * io.parley.domain.presence.TypingChannel}.
 */
@NullMarked
package io.parley.domain.presence;

import org.jspecify.annotations.NullMarked;
