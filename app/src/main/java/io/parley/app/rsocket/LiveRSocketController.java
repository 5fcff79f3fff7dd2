package io.parley.app.rsocket;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.parley.api.Routes;
import io.parley.app.gateway.PeerRoom;
import io.parley.app.gateway.RequestContext;
import io.parley.app.live.LiveSession;
import io.parley.app.live.NettyFrame;
import io.parley.app.live.Sessions;
import io.parley.app.live.Sessions.PacedSession;
import io.parley.domain.pipeline.Endings;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The live protocol over an RSocket channel: the same frames as on the WebSocket, as fast as the client asks for them. */
@Controller
final class LiveRSocketController {
    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);
    private final Sessions sessions;

    LiveRSocketController(Sessions sessions) {
        this.sessions = sessions;
    }

    @MessageMapping(Routes.LIVE)
    Flux<DataBuffer> live(@Payload Flux<byte[]> frames) {
        return OpenStreams.live(Flux.deferContextual(context -> {
            PeerRoom room = context.get(PeerRoom.class);
            PacedSession session = sessions.pacedSession(context.get(RequestContext.class), room::isWritable);
            return serve(session, room, frames);
        }));
    }

    private Flux<DataBuffer> serve(PacedSession paced, PeerRoom room, Flux<byte[]> frames) {
        LiveSession session = paced.session();
        Flux<DataBuffer> payloads =
                Flux.from(paced.outlet()).map(frame -> buffers.wrap(((NettyFrame) frame).payload()));
        return Endings.with(payloads, session.run())
                .takeUntilOther(
                        room.again().doOnNext(writable -> paced.outlet().wake()).then())
                // Before what the client says is cancelled: after that nothing is sent any more.
                .onErrorResume(error -> Flux.concat(
                        Mono.fromSupplier(() -> buffers.wrap(Unpooled.wrappedBuffer(session.goAway(error)))),
                        Mono.error(() -> error)))
                .takeUntilOther(session.take(frames).then(Mono.never()));
    }
}
