package io.parley.domain.log;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.user.UserId;
import java.util.UUID;

/** Names one log: that of a conversation has the conversation's id, that of a user the user's. */
public record LogId(UUID value) {

    public static LogId of(ConversationId conversation) {
        return new LogId(conversation.value());
    }

    public static LogId of(UserId user) {
        return new LogId(user.value());
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
