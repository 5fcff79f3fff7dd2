package io.parley.app.websocket;

import io.parley.api.ClientFrame;
import io.parley.api.PostMessage;
import io.parley.api.ServerFrame;
import io.parley.app.gateway.LobbyGateway;
import io.parley.app.gateway.RequestContext;
import io.parley.domain.live.EncodedChange;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One client's WebSocket: answers its frames in order and streams the changes as they happen. */
@Component
final class LiveSocket implements WebSocketHandler {
    private final LobbyGateway lobby;
    private final FrameCodec codec;
    private final SocketProblems problems;

    LiveSocket(LobbyGateway lobby, FrameCodec codec, SocketProblems problems) {
        this.lobby = lobby;
        this.codec = codec;
        this.problems = problems;
    }

    @Override
    public Mono<Void> handle(WebSocketSession session) {
        return RequestContext.current().flatMap(upgrade -> session.send(outbound(session, upgrade)));
    }

    private Flux<WebSocketMessage> outbound(WebSocketSession session, RequestContext upgrade) {
        Flux<byte[]> changes = lobby.live()
                .map(EncodedChange::wire)
                .takeUntilOther(session.closeStatus())
                .onErrorResume(error -> farewell(session, error));
        return Flux.merge(answers(session, upgrade), changes)
                .map(frame -> new WebSocketMessage(
                        WebSocketMessage.Type.TEXT, session.bufferFactory().wrap(frame)));
    }

    /** Before anything else ends: Netty closes without a code when its inbound is cancelled. */
    private Mono<byte[]> farewell(WebSocketSession session, Throwable error) {
        return session.close(problems.closeStatus(error)).then(Mono.empty());
    }

    /** Whoever signed in with the upgrade is the caller of all frames. One after the other: a client that pipelines sends keeps their order. */
    private Flux<byte[]> answers(WebSocketSession session, RequestContext upgrade) {
        return session.receive()
                // Frames of other types, heartbeats among them, say nothing here.
                .filter(message -> message.getType() == WebSocketMessage.Type.TEXT)
                .map(WebSocketMessage::getPayloadAsText)
                .concatMap(text -> answer(text, upgrade.next()));
    }

    private Mono<byte[]> answer(String text, RequestContext request) {
        return Mono.fromSupplier(() -> codec.read(text))
                .flatMap(frame -> answer(frame)
                        .onErrorResume(error -> Mono.just(problems.frame(frame.ref(), error, request.requestId()))))
                .onErrorResume(error -> Mono.just(problems.frame(null, error, request.requestId())))
                .map(codec::write)
                .contextWrite(request::into);
    }

    private Mono<ServerFrame> answer(ClientFrame frame) {
        if (frame instanceof ClientFrame.Send send) {
            return lobby.post(new PostMessage(send.clientMessageId(), send.text()))
                    .map(message -> new ServerFrame.Ack(send.ref(), message));
        }
        return Mono.just(new ServerFrame.Pong(frame.ref()));
    }
}
