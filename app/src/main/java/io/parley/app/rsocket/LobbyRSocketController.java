package io.parley.app.rsocket;

import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.api.PostMessage;
import io.parley.api.Routes;
import io.parley.app.gateway.LobbyGateway;
import io.parley.domain.live.EncodedChange;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The lobby over RSocket. */
@Controller
final class LobbyRSocketController {
    private final LobbyGateway lobby;

    LobbyRSocketController(LobbyGateway lobby) {
        this.lobby = lobby;
    }

    @MessageMapping(Routes.MESSAGES_POST)
    Mono<MessageView> post(@Payload PostMessage message) {
        return lobby.post(message);
    }

    @MessageMapping(Routes.MESSAGES_HISTORY)
    Flux<MessageView> history(@Payload HistoryRequest request) {
        return lobby.history(request);
    }

    @MessageMapping(Routes.MESSAGES_LIVE)
    Flux<byte[]> live() {
        return lobby.live().map(EncodedChange::wire);
    }
}
