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
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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
