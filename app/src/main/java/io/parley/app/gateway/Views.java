package io.parley.app.gateway;

import io.parley.api.MessageView;
import io.parley.domain.message.Message;

/** The domain's model in the words of the public contract. */
final class Views {
    private Views() {}

    static MessageView of(Message message) {
        return new MessageView(
                message.offset(),
                message.id().value(),
                message.clientMessageId().value(),
                message.body().text(),
                message.postedAt());
    }
}
