package io.parley.app.http;

import io.parley.api.HistoryRequest;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.PostMessage;
import io.parley.api.Routes;
import io.parley.app.gateway.LobbyGateway;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.live.EncodedChange;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The lobby over HTTP: post, read back, and follow as server-sent events. */
@RestController
final class LobbyController {
    /** Proxies cut streams on which nothing happens; half a minute is the shortest patience among the usual ones. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(20);

    private static final ServerSentEvent<String> BEAT =
            ServerSentEvent.<String>builder().comment("still here").build();

    private final LobbyGateway lobby;

    LobbyController(LobbyGateway lobby) {
        this.lobby = lobby;
    }

    @PostMapping(Routes.LOBBY_MESSAGES)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<MessageView> post(@RequestBody PostMessage message) {
        return lobby.post(message);
    }

    @GetMapping(Routes.LOBBY_MESSAGES)
    Mono<MessagePage> history(
            @RequestParam(required = false) @Nullable Long before,
            @RequestParam(required = false) @Nullable Integer limit) {
        return lobby.history(new HistoryRequest(before, limit)).collectList().map(LobbyController::page);
    }

    private static MessagePage page(List<MessageView> messages) {
        long oldest = messages.isEmpty() ? 1 : messages.get(messages.size() - 1).offset();
        return new MessagePage(messages, oldest > 1 ? oldest : null);
    }

    @GetMapping(Routes.LOBBY_MESSAGE)
    Mono<MessageView> find(@PathVariable UUID id) {
        return lobby.find(id);
    }

    @GetMapping(path = Routes.LOBBY_LIVE, produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<String>> live() {
        return Flux.merge(lobby.live().map(LobbyController::event), heartbeats())
                .onErrorComplete(LobbyController::isStop);
    }

    /** Half an answer is no failure here: an event stream that ends is opened anew, at another node. */
    private static boolean isStop(Throwable error) {
        return error instanceof ChatException known && known.code() == ErrorCode.NODE_STOPPING;
    }

    private static ServerSentEvent<String> event(EncodedChange change) {
        return ServerSentEvent.builder(new String(change.wire(), StandardCharsets.UTF_8))
                .event("change")
                .id(String.valueOf(change.offset()))
                .build();
    }

    /** The first one goes out at once: with it the client knows that it is heard from now on. */
    private static Flux<ServerSentEvent<String>> heartbeats() {
        return Flux.interval(Duration.ZERO, HEARTBEAT).onBackpressureDrop().map(tick -> BEAT);
    }
}
