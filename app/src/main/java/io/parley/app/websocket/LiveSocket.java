package io.parley.app.websocket;

import io.parley.app.gateway.RequestContext;
import io.parley.app.live.LiveSession;
import io.parley.app.live.Sessions;
import java.time.Duration;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One client's WebSocket: carries the frames of its live session, and says why it ends. */
@Component
final class LiveSocket implements WebSocketHandler {
    /** Who does not take its close frame by then is cut off. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final Sessions sessions;
    private final SocketProblems problems;

    LiveSocket(Sessions sessions, SocketProblems problems) {
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    public Mono<Void> handle(WebSocketSession socket) {
        return RequestContext.current().flatMap(upgrade -> serve((LiveUpgrade.Session) socket, upgrade));
    }

    private Mono<Void> serve(LiveUpgrade.Session socket, RequestContext upgrade) {
        SocketOutlet outlet = socket.outlet();
        LiveSession session = sessions.session(upgrade, outlet);
        // Only what goes before a close may be cancelled by it: a cancelled close frees its frame, and sends none.
        Mono<Void> served = Mono.firstWithSignal(session.run(), outlet.silence().then(silence(socket)))
                .takeUntilOther(Mono.firstWithSignal(socket.closeStatus(), outlet.closed()))
                .onErrorResume(error -> farewell(socket, session, error));
        return Mono.when(served, session.take(inbound(socket, session)));
    }

    private static Mono<Void> silence(LiveUpgrade.Session socket) {
        return Mono.defer(() -> socket.close(SocketProblems.SILENCE))
                .timeout(FAREWELL, Mono.fromRunnable(socket.outlet()::cut));
    }

    /** Before anything else ends: Netty closes without a code when its inbound is cancelled. */
    private Mono<Void> farewell(LiveUpgrade.Session socket, LiveSession session, Throwable error) {
        return session.sendGoAway(error)
                .then(Mono.defer(() -> socket.close(problems.closeStatus(error))))
                .timeout(FAREWELL, Mono.fromRunnable(socket.outlet()::cut));
    }

    private static Flux<byte[]> inbound(WebSocketSession socket, LiveSession session) {
        return socket.receive()
                // Frames of other types, heartbeats among them, say nothing here.
                .filter(message -> message.getType() == WebSocketMessage.Type.TEXT)
                .map(message -> bytes(message.getPayload()))
                // Too long when put together from fragments, or cut off: the stream says which.
                .onErrorResume(error -> Mono.fromRunnable(() -> session.reject(error)));
    }

    private static byte[] bytes(DataBuffer payload) {
        byte[] bytes = new byte[payload.readableByteCount()];
        payload.read(bytes);
        return bytes;
    }
}
