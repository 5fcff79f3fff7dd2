package io.parley.app.websocket;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.Limits;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.api.SignedInView;
import io.parley.app.testing.Accounts;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.WebSocketMessage;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

@ServerTest
class LiveSocketIT {
    private final ReactorNettyWebSocketClient client = new ReactorNettyWebSocketClient();
    private final Node node;
    private final JsonMapper json;
    private final ReactiveStringRedisTemplate redis;

    LiveSocketIT(Node node, JsonMapper json, ReactiveStringRedisTemplate redis) {
        this.redis = redis;
        this.node = node;
        this.json = json;
    }

    @Test
    void aSendIsAcknowledgedAndReachesEverybody() {
        UUID clientMessageId = UUID.randomUUID();
        ClientFrame send = new ClientFrame.Send("7", clientMessageId, "hello");

        List<ServerFrame> frames = talk(List.of(write(send)), 2);

        assertThat(frames)
                .hasExactlyElementsOfTypes(
                        frames.get(0).getClass(), frames.get(1).getClass());
        assertThat(frames)
                .filteredOn(ServerFrame.Ack.class::isInstance)
                .singleElement()
                .satisfies(frame -> {
                    assertThat(((ServerFrame.Ack) frame).ref()).isEqualTo("7");
                    assertThat(((ServerFrame.Ack) frame).message().clientMessageId())
                            .isEqualTo(clientMessageId);
                });
        assertThat(frames)
                .filteredOn(ServerFrame.Change.class::isInstance)
                .singleElement()
                .satisfies(frame -> assertThat(
                                ((ServerFrame.Change) frame).message().clientMessageId())
                        .isEqualTo(clientMessageId));
    }

    @Test
    void framesAreAnsweredInTheirOrder() {
        List<ServerFrame> frames = talk(
                List.of(
                        write(new ClientFrame.Ping("1")),
                        write(new ClientFrame.Send("2", UUID.randomUUID(), " ")),
                        write(new ClientFrame.Ping("3"))),
                3);

        assertThat(frames.get(0)).isEqualTo(new ServerFrame.Pong("1"));
        assertThat(((ServerFrame.Failure) frames.get(1)).ref()).isEqualTo("2");
        assertThat(((ServerFrame.Failure) frames.get(1)).problem().code())
                .isEqualTo(ProblemCode.MESSAGE_EMPTY.wireName());
        assertThat(frames.get(2)).isEqualTo(new ServerFrame.Pong("3"));
    }

    @Test
    void whatIsNoFrameIsToldAndTheConnectionGoesOn() {
        List<ServerFrame> frames =
                talk(List.of("{", "[]", "null", "{\"type\":\"ping\"}", write(new ClientFrame.Ping("still"))), 5);

        assertThat(frames.subList(0, 4)).allSatisfy(frame -> assertThat(
                        ((ServerFrame.Failure) frame).problem().code())
                .isEqualTo(ProblemCode.REQUEST_MALFORMED.wireName()));
        assertThat(frames.get(4)).isEqualTo(new ServerFrame.Pong("still"));
    }

    @Test
    void framesThatAreNoTextAreNotAnswered() {
        Sinks.One<String> first = Sinks.one();
        client.execute(node.webSocket(Routes.LIVE_SOCKET), socket -> socket.send(Flux.just(
                                socket.pongMessage(buffers -> buffers.wrap(new byte[] {1})),
                                socket.binaryMessage(buffers -> buffers.wrap(new byte[] {1})),
                                socket.textMessage(write(new ClientFrame.Ping("text")))))
                        .thenMany(socket.receive().map(WebSocketMessage::getPayloadAsText))
                        .next()
                        .doOnNext(first::tryEmitValue)
                        .then(socket.close()))
                .block(TIMEOUT);

        assertThat(json.readValue(first.asMono().block(TIMEOUT), ServerFrame.class))
                .isEqualTo(new ServerFrame.Pong("text"));
    }

    @Test
    void aFrameOverTheLimitClosesTheConnectionAsTooBig() {
        Sinks.One<CloseStatus> closed = Sinks.one();
        Mono<Void> session = client.execute(node.webSocket(Routes.LIVE_SOCKET), socket -> socket.send(
                        Mono.just(socket.textMessage("x".repeat(Limits.MAX_INBOUND_BYTES + 1))))
                .then(socket.closeStatus().doOnNext(closed::tryEmitValue))
                .then());

        StepVerifier.create(session.then(closed.asMono()).map(CloseStatus::getCode))
                .expectNext(1009)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void aPageOfAForeignOriginIsRefused() {
        HttpHeaders headers = new HttpHeaders();
        headers.setOrigin("https://evil.example");

        for (String path : List.of(Routes.LIVE_SOCKET, Routes.RSOCKET)) {
            StepVerifier.create(client.execute(node.webSocket(path), headers, socket -> Mono.empty()))
                    .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("403"))
                    .verify(TIMEOUT);
        }
    }

    @Test
    void whoSignsInWithTheUpgradeIsTheCallerOfTheFrames() {
        SignedInView somebody = new Accounts(node).register();
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth(somebody.accessToken());
        usesUpThePermitsOf(somebody);
        Sinks.One<String> answer = Sinks.one();

        client.execute(node.webSocket(Routes.LIVE_SOCKET), headers, socket -> socket.send(Mono.just(
                                socket.textMessage(write(new ClientFrame.Send("1", UUID.randomUUID(), "too much")))))
                        .thenMany(socket.receive().map(WebSocketMessage::getPayloadAsText))
                        .filter(text -> text.contains("\"ref\""))
                        .next()
                        .doOnNext(answer::tryEmitValue)
                        .then(socket.close()))
                .block(TIMEOUT);

        ServerFrame refusal = json.readValue(answer.asMono().block(TIMEOUT), ServerFrame.class);
        assertThat(((ServerFrame.Failure) refusal).problem().code()).isEqualTo(ProblemCode.RATE_EXCEEDED.wireName());
    }

    /** Whoever has signed in is counted by their id: others at this address go on. */
    private void usesUpThePermitsOf(SignedInView somebody) {
        long later = TimeUnit.MILLISECONDS.toMicros(
                Instant.now().plus(Duration.ofMinutes(1)).toEpochMilli());
        redis.opsForValue()
                .set("rate:post:" + somebody.user().id(), String.valueOf(later), Duration.ofMinutes(1))
                .block(TIMEOUT);
    }

    @Test
    void anUpgradeWithABadTokenIsRefused() {
        HttpHeaders headers = new HttpHeaders();
        headers.setBearerAuth("not.a.token");

        StepVerifier.create(client.execute(node.webSocket(Routes.LIVE_SOCKET), headers, socket -> Mono.empty()))
                .expectErrorSatisfies(error -> assertThat(error).hasMessageContaining("401"))
                .verify(TIMEOUT);
    }

    private List<ServerFrame> talk(List<String> sent, int received) {
        Sinks.One<List<ServerFrame>> frames = Sinks.one();
        client.execute(node.webSocket(Routes.LIVE_SOCKET), socket -> socket.send(
                                Flux.fromIterable(sent).map(socket::textMessage))
                        .thenMany(socket.receive().map(WebSocketMessage::getPayloadAsText))
                        .map(text -> json.readValue(text, ServerFrame.class))
                        .take(received)
                        .collectList()
                        .doOnNext(frames::tryEmitValue)
                        .then(socket.close()))
                .block(TIMEOUT);
        return frames.asMono().block(TIMEOUT);
    }

    private String write(ClientFrame frame) {
        return json.writerFor(ClientFrame.class).writeValueAsString(frame);
    }
}
