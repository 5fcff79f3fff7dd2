package io.parley.app.live;

import io.parley.api.ClientFrame;
import io.parley.api.EditMessage;
import io.parley.api.SendMessage;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.MessageGateway;
import io.parley.app.gateway.ReceiptGateway;
import io.parley.app.gateway.Required;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.error.NotFound;
import io.parley.domain.live.LiveConnection;
import io.parley.domain.presence.SayTyping;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.util.List;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** What a client may say once it is ready, and what it is answered. */
@Component
final class LiveCommands {
    private final MessageGateway messages;
    private final ReceiptGateway receipts;
    private final SayTyping typing;
    private final FrameCodec codec;

    LiveCommands(MessageGateway messages, ReceiptGateway receipts, SayTyping typing, FrameCodec codec) {
        this.messages = messages;
        this.receipts = receipts;
        this.typing = typing;
        this.codec = codec;
    }

    /** Value: the answer, or none to typing, credit, receipts without a ref, and what has been answered. Errors: the domain's. */
    Mono<ServerFrame> answer(ClientFrame frame, LiveConnection connection) {
        if (frame instanceof ClientFrame.Typing hint) {
            return type(new ConversationId(Required.field(hint.conversationId())), connection);
        }
        if (frame instanceof ClientFrame.Credit credit) {
            return allow(credit.n(), connection);
        }
        if (frame instanceof ClientFrame.Received received) {
            return receipts.received(Required.field(received.conversationId()), received.seq())
                    .mapNotNull(position ->
                            received.ref() == null ? null : new ServerFrame.Ack(received.ref(), null, position));
        }
        String ref = Required.field(frame.ref());
        if (frame instanceof ClientFrame.Watch watch) {
            return watch(watch, ref, connection);
        }
        if (frame instanceof ClientFrame.Ping) {
            return Mono.just(new ServerFrame.Pong(ref));
        }
        if (frame instanceof ClientFrame.Read read) {
            return receipts.read(Required.field(read.conversationId()), read.seq())
                    .map(position -> new ServerFrame.Ack(ref, null, position));
        }
        return message(frame, ref);
    }

    private Mono<ServerFrame> message(ClientFrame frame, String ref) {
        if (frame instanceof ClientFrame.Send send) {
            return messages.send(new SendMessage(send.conversationId(), send.clientMessageId(), send.text()))
                    .map(message -> new ServerFrame.Ack(ref, message, null));
        }
        if (frame instanceof ClientFrame.Edit edit) {
            return messages.edit(
                            Required.field(edit.conversationId()),
                            Required.field(edit.messageId()),
                            new EditMessage(edit.text()))
                    .map(message -> new ServerFrame.Ack(ref, message, null));
        }
        if (frame instanceof ClientFrame.Delete delete) {
            return messages.delete(Required.field(delete.conversationId()), Required.field(delete.messageId()))
                    .map(message -> new ServerFrame.Ack(ref, message, null));
        }
        return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
    }

    /** Answers by itself: what was asked for comes right after that. */
    private Mono<ServerFrame> watch(ClientFrame.Watch watch, String ref, LiveConnection connection) {
        List<UserId> users = Required.field(watch.userIds()).stream()
                .map(Required::field)
                .map(UserId::new)
                .toList();
        byte[] ack = codec.write(new ServerFrame.Ack(ref, null, null));
        return connection.watch(users, ack).then(Mono.empty());
    }

    private static Mono<ServerFrame> allow(long frames, LiveConnection connection) {
        return frames < 1
                ? Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED))
                : connection.allow(frames).then(Mono.empty());
    }

    private Mono<ServerFrame> type(ConversationId conversation, LiveConnection connection) {
        Mono<Boolean> few = connection
                .isFollowing(conversation)
                .filter(following -> following)
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN)))
                .then(connection.mayType(conversation));
        return typing.say(new Typing(conversation, connection.user()), few)
                .onErrorComplete(LimitExceeded.class)
                .then(Mono.empty());
    }
}
