/**
 * Conversations: direct ones, groups and channels, who is in them, and with which role.
 *
 * <p>Read {@link io.parley.domain.conversation.Conversation} first. {@link
 * io.parley.domain.conversation.ConversationRepository} and {@link io.parley.domain.conversation.ConversationReader} are
 * what this package needs from outside.
 */
@NullMarked
package io.parley.domain.conversation;

import org.jspecify.annotations.NullMarked;
