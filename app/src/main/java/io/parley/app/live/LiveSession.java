package io.parley.app.live;

import io.netty.handler.codec.TooLongFrameException;
import io.parley.api.ClientFrame;
import io.parley.api.EditMessage;
import io.parley.api.MessageView;
import io.parley.api.ReadPositionView;
import io.parley.api.SendMessage;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.MessageGateway;
import io.parley.app.gateway.Problems;
import io.parley.app.gateway.ReceiptGateway;
import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.Required;
import io.parley.app.live.Sessions.Place;
import io.parley.domain.auth.Caller;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.error.NotFound;
import io.parley.domain.live.LiveConnection;
import io.parley.domain.presence.SayTyping;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * What one client says on its live connection, whatever carries its frames, and what it is answered: the {@link Greeting}
 * first, then commands, one after the other. Frames are UTF-8 JSON.
 */
public final class LiveSession {
    private final RequestContext context;
    private final Gateways gateways;
    private final Sessions sessions;
    private final Place place;
    private final Greeting greeting;

    LiveSession(RequestContext context, Gateways gateways, Sessions sessions, Place place) {
        this.context = context;
        this.gateways = gateways;
        this.sessions = sessions;
        this.place = place;
        this.greeting = new Greeting(sessions, place, context.signedIn());
    }

    /** Who does what is said here. */
    record Gateways(MessageGateway messages, ReceiptGateway receipts, SayTyping typing) {}

    /**
     * Serves the client through its outlet: to be subscribed once, before {@link #take}, as long as the client is there.
     * Errors: {@code ChatException}s after which the connection is to be closed. Never completes by itself.
     */
    public Mono<Void> run() {
        return sessions.untilClosing(greeting.run(), greeting::fail);
    }

    /**
     * Takes what the client says, to be subscribed once. Completes with its input; never fails: what must end the
     * connection is told by {@link #run}, so that whoever carries the frames can say why before it stops listening.
     */
    public Mono<Void> take(Flux<byte[]> inbound) {
        // Detached, since concatMap keeps the last one until the next comes, with all that it was made of.
        return inbound.concatMap(bytes -> take(bytes).onTerminateDetach(), 1).then();
    }

    /** What carries the frames has broken: ends the session. */
    public void reject(Throwable error) {
        greeting.fail(
                error instanceof TooLongFrameException
                        ? new InvalidInput(ErrorCode.REQUEST_TOO_LARGE)
                        : Problems.known(error));
    }

    /** The last frame, in which a client reads why the connection ends, and when to come back. */
    public byte[] goAway(Throwable error) {
        return sessions.codec().write(Farewell.of(error));
    }

    /** Completes once that frame is on its way, whether or not the client takes any. */
    public Mono<Void> sendGoAway(Throwable error) {
        return Mono.defer(() -> sessions.send(place, goAway(error)));
    }

    private Mono<Void> take(byte[] bytes) {
        RequestContext request = context.next();
        return Mono.defer(() -> on(sessions.codec().read(bytes), request))
                .onErrorResume(error -> refused(null, error, request))
                .contextWrite(request::into);
    }

    private Mono<Void> on(ClientFrame frame, RequestContext request) {
        return Mono.defer(() -> answer(frame).flatMap(this::tell))
                .contextWrite(context -> signedIn(request).into(context))
                .onErrorResume(error -> refused(frame.ref(), error, request));
    }

    private RequestContext signedIn(RequestContext request) {
        Caller known = greeting.caller();
        return known == null ? request : request.signedInAs(known);
    }

    private Mono<Void> tell(ServerFrame frame) {
        LiveConnection open = greeting.connection();
        return open == null ? Mono.empty() : open.answer(sessions.codec().write(frame));
    }

    /** Before there is a connection, every refusal ends it. */
    private Mono<Void> refused(@Nullable String ref, Throwable error, RequestContext request) {
        ChatException known = Problems.known(error);
        if (greeting.connection() == null || (!greeting.isReady() && known.code() == ErrorCode.LIVE_HELLO_REQUIRED)) {
            greeting.fail(known.code() == ErrorCode.REQUEST_MALFORMED ? Greeting.helloRequired() : known);
            return Mono.empty();
        }
        return tell(new ServerFrame.Failure(ref, Problems.of(known, request.requestId())));
    }

    /** Value: the answer, or none to typing, credit, receipts without a ref, and what has been answered. Errors: the domain's. */
    private Mono<ServerFrame> answer(ClientFrame frame) {
        LiveConnection open = greeting.connection();
        if (open == null || !greeting.isReady() || isGreeting(frame)) {
            return greeting.take(frame);
        }
        if (frame instanceof ClientFrame.Typing hint) {
            return type(new ConversationId(Required.field(hint.conversationId())), open);
        }
        if (frame instanceof ClientFrame.Credit credit) {
            return allow(credit.n(), open);
        }
        if (frame instanceof ClientFrame.Received received) {
            Mono<ReadPositionView> moved =
                    gateways.receipts().received(Required.field(received.conversationId()), received.seq());
            return moved.mapNotNull(position -> received.ref() == null ? null : ack(received.ref(), position));
        }
        return answer(frame, Required.field(frame.ref()), open);
    }

    private static boolean isGreeting(ClientFrame frame) {
        return frame instanceof ClientFrame.Hello
                || frame instanceof ClientFrame.Resume
                || frame instanceof ClientFrame.Refresh;
    }

    private Mono<ServerFrame> answer(ClientFrame frame, String ref, LiveConnection open) {
        if (frame instanceof ClientFrame.Watch watch) {
            return watch(watch, ref, open);
        }
        if (frame instanceof ClientFrame.Ping) {
            return Mono.just(new ServerFrame.Pong(ref));
        }
        if (frame instanceof ClientFrame.Read read) {
            return gateways.receipts()
                    .read(Required.field(read.conversationId()), read.seq())
                    .map(position -> ack(ref, position));
        }
        return message(frame).map(message -> new ServerFrame.Ack(ref, message, null));
    }

    private static ServerFrame ack(String ref, ReadPositionView position) {
        return new ServerFrame.Ack(ref, null, position);
    }

    private Mono<MessageView> message(ClientFrame frame) {
        MessageGateway messages = gateways.messages();
        if (frame instanceof ClientFrame.Send send) {
            return messages.send(new SendMessage(send.conversationId(), send.clientMessageId(), send.text()));
        }
        if (frame instanceof ClientFrame.Edit edit) {
            return messages.edit(
                    Required.field(edit.conversationId()),
                    Required.field(edit.messageId()),
                    new EditMessage(edit.text()));
        }
        if (frame instanceof ClientFrame.Delete delete) {
            return messages.delete(Required.field(delete.conversationId()), Required.field(delete.messageId()));
        }
        return Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED));
    }

    /** Answers by itself: what was asked for comes right after that. */
    private Mono<ServerFrame> watch(ClientFrame.Watch watch, String ref, LiveConnection open) {
        List<UserId> users = Required.field(watch.userIds()).stream()
                .map(Required::field)
                .map(UserId::new)
                .toList();
        byte[] ack = sessions.codec().write(new ServerFrame.Ack(ref, null, null));
        return open.watch(users, ack).then(Mono.empty());
    }

    private static Mono<ServerFrame> allow(long frames, LiveConnection open) {
        return frames < 1
                ? Mono.error(() -> new InvalidInput(ErrorCode.REQUEST_MALFORMED))
                : open.allow(frames).then(Mono.empty());
    }

    private Mono<ServerFrame> type(ConversationId conversation, LiveConnection open) {
        Mono<Boolean> few = open.isFollowing(conversation)
                .filter(following -> following)
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN)))
                .then(open.mayType(conversation));
        return gateways.typing()
                .say(new Typing(conversation, open.user()), few)
                .onErrorComplete(LimitExceeded.class)
                .then(Mono.empty());
    }
}
