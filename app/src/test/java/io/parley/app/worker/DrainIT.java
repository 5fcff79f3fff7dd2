package io.parley.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.HistoryRequest;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.client.ParleyClient;
import io.parley.api.client.ProblemException;
import io.parley.app.ParleyApplication;
import io.parley.app.testing.EmbeddedSettings;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.Disposable;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Stopping a node of its own. */
@ExtendWith(EmbeddedSettings.class)
@Tag("always-9")
class DrainIT {
    private static final Duration PROMISED = Duration.ofSeconds(25);

    private ConfigurableApplicationContext context;
    private Node node;

    @BeforeEach
    void start() {
        context = SpringApplication.run(ParleyApplication.class);
        node = Node.of(context);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void aStreamIsToldThatTheNodeStopsAndAnIdleConnectionIsClosed() {
        Person reader = Person.on(node);
        UUID conversation = reader.group();
        reader.say(conversation, "one");
        reader.say(conversation, "two");
        ParleyClient reading = node.client(reader.token(), node.tcp());
        ParleyClient idle = node.client(reader.token(), node.webSocket(Routes.RSOCKET));

        StepVerifier.create(reading.history(new HistoryRequest(conversation, null, 0L, null, null)), 1)
                .expectNextCount(1)
                .then(context::close)
                .expectErrorSatisfies(
                        error -> assertThat(error).isInstanceOfSatisfying(ProblemException.class, stopping -> {
                            assertThat(stopping.problem().code()).isEqualTo(ProblemCode.NODE_STOPPING.wireName());
                            assertThat(stopping.problem().retryable()).isTrue();
                        }))
                .verify(PROMISED);
        StepVerifier.create(idle.onClose().onErrorComplete()).expectComplete().verify(PROMISED);
    }

    @Test
    void whoFollowsALogOverHttpIsToldWhenToComeBack() {
        Person reader = Person.on(node);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port("local.server.port")
                        + Routes.CHANGES.replace("{id}", reader.group().toString()) + "?follow=true"))
                .header("Authorization", "Bearer " + reader.token())
                .header("Accept", "text/event-stream")
                .build();
        CompletableFuture<HttpResponse<String>> followed = HttpClient.newHttpClient()
                .sendAsync(request, info -> {
                    begun.complete(null);
                    return BodySubscribers.ofString(StandardCharsets.UTF_8);
                });
        begun.orTimeout(PROMISED.toSeconds(), TimeUnit.SECONDS).join();

        context.close();

        List<String> lines = followed.orTimeout(PROMISED.toSeconds(), TimeUnit.SECONDS)
                .join()
                .body()
                .strip()
                .lines()
                .toList();
        assertThat(lines.get(lines.size() - 2)).matches("retry: [0-9]+");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("data: {\"type\":\"goAway\",\"reason\":\"node.stopping\",\"reconnectAfterMs\":");
    }

    @Test
    void aWebSocketIsClosedAsRestarting() {
        Sinks.One<CloseStatus> closed = Sinks.one();
        Disposable session = new ReactorNettyWebSocketClient()
                .execute(node.webSocket(Routes.LIVE_SOCKET), socket -> socket.receive()
                        .then(socket.closeStatus().doOnNext(closed::tryEmitValue))
                        .then())
                .subscribe();

        StepVerifier.create(closed.asMono().map(CloseStatus::getCode))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(300))
                .then(context::close)
                .expectNext(1012)
                .expectComplete()
                .verify(PROMISED);
        session.dispose();
    }
}
