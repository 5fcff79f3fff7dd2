package io.parley.app.gateway;

import io.parley.api.MessageView;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.DeleteMessage;
import io.parley.domain.message.EditMessage;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageHistory;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.SendMessage;
import java.util.UUID;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What people say, in the words of the public contract. Needs a {@link RequestContext}; errors are the domain's. */
@Component
public final class MessageGateway {
    private final SendMessage send;
    private final EditMessage edit;
    private final DeleteMessage delete;
    private final MessageHistory history;

    MessageGateway(SendMessage send, EditMessage edit, DeleteMessage delete, MessageHistory history) {
        this.send = send;
        this.edit = edit;
        this.delete = delete;
        this.history = history;
    }

    /** Value: the stored message. */
    public Mono<MessageView> send(io.parley.api.SendMessage request) {
        return RequestContext.user()
                .flatMap(user -> send.send(
                        user,
                        new ConversationId(Required.field(request.conversationId())),
                        new ClientMessageId(Required.field(request.clientMessageId())),
                        new MessageBody(Required.field(request.text()))))
                .map(Views::of);
    }

    /** The same where the conversation is known already; the request may leave it out, but not name another. */
    public Mono<MessageView> send(UUID conversation, io.parley.api.SendMessage request) {
        UUID named = request.conversationId();
        return named == null || named.equals(conversation)
                ? send(new io.parley.api.SendMessage(conversation, request.clientMessageId(), request.text()))
                : Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
    }

    /** Value: the message as it is now. */
    public Mono<MessageView> edit(UUID conversation, UUID message, io.parley.api.EditMessage request) {
        return RequestContext.user()
                .flatMap(user -> edit.edit(
                        user,
                        new ConversationId(conversation),
                        new MessageId(message),
                        new MessageBody(Required.field(request.text()))))
                .map(Views::of);
    }

    /** Value: the tombstone. */
    public Mono<MessageView> delete(UUID conversation, UUID message) {
        return RequestContext.user()
                .flatMap(user -> delete.delete(user, new ConversationId(conversation), new MessageId(message)))
                .map(Views::of);
    }

    /** Value: one message. */
    public Mono<MessageView> find(UUID conversation, UUID message) {
        return RequestContext.user()
                .flatMap(user -> history.find(user, new ConversationId(conversation), new MessageId(message)))
                .map(Views::of);
    }
}
