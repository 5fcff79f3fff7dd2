package io.parley.app.rsocket;

import io.parley.api.Routes;
import io.parley.app.gateway.RequestContext;
import io.parley.app.live.LiveSession;
import io.parley.app.live.Sessions;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The live protocol over an RSocket channel: the same frames as on the WebSocket, as fast as the client asks for them. */
@Controller
final class LiveRSocketController {
    private final Sessions sessions;

    LiveRSocketController(Sessions sessions) {
        this.sessions = sessions;
    }

    @MessageMapping(Routes.LIVE)
    Flux<byte[]> live(@Payload Flux<byte[]> frames) {
        return RequestContext.current().flatMapMany(request -> serve(sessions.session(request), frames));
    }

    private static Flux<byte[]> serve(LiveSession session, Flux<byte[]> frames) {
        return session.frames()
                // Before what the client says is cancelled: after that nothing is sent any more.
                .onErrorResume(
                        error -> Flux.concat(Mono.fromSupplier(() -> session.goAway(error)), Mono.error(() -> error)))
                .takeUntilOther(session.take(frames).then(Mono.never()));
    }
}
