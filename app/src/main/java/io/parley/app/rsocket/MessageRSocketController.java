package io.parley.app.rsocket;

import io.parley.api.ChangesRequest;
import io.parley.api.ClientFrame;
import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.app.gateway.HistoryGateway;
import io.parley.app.gateway.MessageGateway;
import io.parley.app.gateway.PresenceGateway;
import io.parley.app.live.LogStreams;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Messages and logs over RSocket, beside the live channel. */
@Controller
final class MessageRSocketController {
    private final MessageGateway messages;
    private final HistoryGateway history;
    private final LogStreams logs;
    private final PresenceGateway presence;
    private final PayloadForm form = new PayloadForm();

    MessageRSocketController(
            MessageGateway messages, HistoryGateway history, LogStreams logs, PresenceGateway presence) {
        this.messages = messages;
        this.history = history;
        this.logs = logs;
        this.presence = presence;
    }

    @MessageMapping(Routes.MESSAGES_SEND)
    Mono<MessageView> send(@Payload SendMessage message) {
        return messages.send(message);
    }

    @MessageMapping(Routes.MESSAGES_HISTORY)
    Flux<MessageView> history(@Payload HistoryRequest request) {
        return history.stream(request);
    }

    @MessageMapping(Routes.LOGS_CHANGES)
    Flux<DataBuffer> changes(@Payload ChangesRequest request) {
        Flux<DataBuffer> frames = logs.frames(request, form);
        return Boolean.TRUE.equals(request.follow()) ? OpenStreams.followed(frames) : frames;
    }

    @MessageMapping(Routes.TYPING)
    Mono<Void> typing(@Payload ClientFrame.Typing typing) {
        return presence.typing(typing);
    }
}
