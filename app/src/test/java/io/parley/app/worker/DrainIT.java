package io.parley.app.worker;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Problem;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.app.ParleyApplication;
import io.parley.app.testing.EmbeddedSettings;
import io.parley.app.testing.Node;
import io.rsocket.exceptions.RejectedException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.messaging.rsocket.RSocketRequester;
import org.springframework.web.reactive.socket.CloseStatus;
import org.springframework.web.reactive.socket.client.ReactorNettyWebSocketClient;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

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
        RSocketRequester following = node.requester(node.rsocketOverTcp());
        RSocketRequester idle = node.requester(node.rsocketOverWebSocket());
        Mono<Void> idleClosed =
                idle.rsocketClient().source().block(TIMEOUT).onClose().onErrorComplete();
        JsonMapper json = context.getBean(JsonMapper.class);

        StepVerifier.create(following.route(Routes.MESSAGES_LIVE).retrieveFlux(String.class))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(300))
                .then(context::close)
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(RejectedException.class);
                    assertThat(json.readValue(error.getMessage(), Problem.class).code())
                            .isEqualTo(ProblemCode.NODE_STOPPING.wireName());
                })
                .verify(PROMISED);
        StepVerifier.create(idleClosed).expectComplete().verify(PROMISED);
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
