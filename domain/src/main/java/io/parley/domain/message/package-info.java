/**
 * Messages: what people say in a conversation, and the rules for saying, editing and deleting it.
 *
 * <p>Read {@link io.parley.domain.message.SendMessage} first, then {@link io.parley.domain.message.LogWriter}: every
 * write goes through it, in batches. {@link io.parley.domain.message.MessageLog} and {@link
 * io.parley.domain.message.MessageHistory} are what this package needs from outside.
 */
@NullMarked
package io.parley.domain.message;

import org.jspecify.annotations.NullMarked;
