/**
 * Messages: what people say to each other. For now there is one public conversation, the lobby, and nobody has a name;
 * accounts and conversations take its place.
 *
 * <p>Read {@link io.parley.domain.message.PostMessage} first. {@link io.parley.domain.message.MessageRepository} is
 * what this package needs from outside, and {@link io.parley.domain.message.MessageEncoder} how a message looks on the
 * wire.
 */
@NullMarked
package io.parley.domain.message;

import org.jspecify.annotations.NullMarked;
