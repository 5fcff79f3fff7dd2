package io.parley.domain.presence;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;

/** That somebody is writing at this moment. */
public record Typing(ConversationId conversation, UserId user) implements TalkHint {}
