package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import java.util.UUID;

/** What a sender calls one message. */
record Key(UUID conversation, UUID sender, UUID clientMessageId) {
    static Key of(MessageView message) {
        return new Key(message.conversationId(), message.senderId(), message.clientMessageId());
    }

    /** Of a send. */
    static Key of(Op op) {
        UUID key = op.call().key();
        if (key == null) {
            throw new IllegalArgumentException("a send without a client message id: " + op.invoked());
        }
        return new Key(op.conversation(), op.by().user(), key);
    }
}
