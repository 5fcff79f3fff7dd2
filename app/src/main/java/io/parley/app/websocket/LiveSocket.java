package io.parley.app.websocket;

import io.parley.app.gateway.RequestContext;
import io.parley.app.live.LiveSession;
import io.parley.app.live.Sessions;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.WebSocketSession;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** One client's WebSocket: carries the frames of its live session, and notices when nobody is there any more. */
@Component
final class LiveSocket implements WebSocketHandler {
    private static final Duration PING_AFTER = Duration.ofSeconds(25);
    private static final Duration DEAD_AFTER = Duration.ofSeconds(60);

    private final Sessions sessions;
    private final SocketProblems problems;

    LiveSocket(Sessions sessions, SocketProblems problems) {
        this.sessions = sessions;
        this.problems = problems;
    }

    @Override
    public Mono<Void> handle(WebSocketSession socket) {
        return RequestContext.current().flatMap(upgrade -> serve(socket, sessions.session(upgrade)));
    }

    private Mono<Void> serve(WebSocketSession socket, LiveSession session) {
        AtomicLong heard = new AtomicLong(System.nanoTime());
        // Only what goes before a close may be cancelled by it: a cancelled close frees its frame, and sends none.
        Flux<WebSocketMessage> frames = session.frames()
                .takeUntilOther(socket.closeStatus())
                .onErrorResume(error -> farewell(socket, session, error))
                .map(frame -> new WebSocketMessage(
                        WebSocketMessage.Type.TEXT, socket.bufferFactory().wrap(frame)))
                .mergeWith(pings(socket, heard));
        return Mono.when(socket.send(frames), session.take(inbound(socket, session, heard)));
    }

    /** Before anything else ends: Netty closes without a code when its inbound is cancelled. */
    private Flux<byte[]> farewell(WebSocketSession socket, LiveSession session, Throwable error) {
        return Flux.concat(
                Mono.fromSupplier(() -> session.goAway(error)),
                Mono.defer(() -> socket.close(problems.closeStatus(error))).then(Mono.empty()));
    }

    private static Flux<byte[]> inbound(WebSocketSession socket, LiveSession session, AtomicLong heard) {
        return socket.receive()
                .doOnNext(message -> heard.set(System.nanoTime()))
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

    private Flux<WebSocketMessage> pings(WebSocketSession socket, AtomicLong heard) {
        return Flux.interval(PING_AFTER)
                .takeUntilOther(socket.closeStatus())
                .onBackpressureDrop()
                .concatMap(tick -> ping(socket, Duration.ofNanos(System.nanoTime() - heard.get())), 1);
    }

    private Mono<WebSocketMessage> ping(WebSocketSession socket, Duration silence) {
        if (silence.compareTo(DEAD_AFTER) >= 0) {
            return socket.close(SocketProblems.SILENCE).then(Mono.empty());
        }
        return silence.compareTo(PING_AFTER) >= 0
                ? Mono.fromSupplier(() -> socket.pingMessage(buffers -> buffers.wrap(new byte[0])))
                : Mono.empty();
    }
}
