package io.parley.app.rsocket;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.api.PostMessage;
import io.parley.api.Problem;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.InvalidException;
import io.rsocket.transport.ClientTransport;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** What holds on RSocket, whichever transport it runs on. */
@ServerTest
abstract class LobbyRSocketContract {
    private final RSocketRequester requester;
    private final JsonMapper json;

    LobbyRSocketContract(Node node, ClientTransport transport, JsonMapper json) {
        this.requester = node.requester(transport);
        this.json = json;
    }

    @AfterEach
    void close() {
        requester.dispose();
    }

    @Test
    void aPostedMessageIsAtTheHeadOfTheHistory() {
        MessageView posted = post("hello").block(TIMEOUT);

        StepVerifier.create(history(new HistoryRequest(posted.offset() + 1, 1)))
                .expectNext(posted)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void theHistoryIsPacedByDemand() {
        Flux.range(0, 3).concatMap(i -> post("paced " + i)).blockLast(TIMEOUT);

        StepVerifier.create(history(new HistoryRequest(null, 3)), 1)
                .expectNextCount(1)
                .thenRequest(2)
                .expectNextCount(2)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void whoFollowsGetsTheSameFrameAsOnEveryTransport() {
        UUID clientMessageId = UUID.randomUUID();
        Flux<ServerFrame.Change> changes = requester
                .route(Routes.MESSAGES_LIVE)
                .retrieveFlux(String.class)
                .map(frame -> json.readValue(frame, ServerFrame.Change.class))
                .filter(change -> change.message().clientMessageId().equals(clientMessageId));

        StepVerifier.create(Flux.merge(
                        changes,
                        post(clientMessageId, "live")
                                .delaySubscription(FOLLOWING)
                                .then(Mono.empty())))
                .assertNext(change -> assertThat(change.message().text()).isEqualTo("live"))
                .thenCancel()
                .verify(TIMEOUT);
    }

    /** RSocket does not tell when a stream has been subscribed to on the other side. */
    private static final java.time.Duration FOLLOWING = java.time.Duration.ofMillis(300);

    @Test
    void aRefusalCarriesAProblemThatSaysWhy() {
        StepVerifier.create(post("  "))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(InvalidException.class);
                    assertProblem(error, ProblemCode.MESSAGE_EMPTY, 400);
                })
                .verify(TIMEOUT);
    }

    @Test
    void aPayloadThatIsNoRequestIsMalformed() {
        StepVerifier.create(requester
                        .route(Routes.MESSAGES_POST)
                        .data(Map.of("clientMessageId", "not a uuid"))
                        .retrieveMono(MessageView.class))
                .expectErrorSatisfies(error -> assertProblem(error, ProblemCode.REQUEST_MALFORMED, 400))
                .verify(TIMEOUT);
    }

    @Test
    void aRouteThatIsNotNamedIsNotForEverybody() {
        StepVerifier.create(requester.route("sessions.all").retrieveMono(String.class))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ApplicationErrorException.class);
                    assertProblem(error, ProblemCode.AUTH_REQUIRED, 401);
                })
                .verify(TIMEOUT);
    }

    @Test
    void aRouteInTheWrongInteractionIsUnsupported() {
        StepVerifier.create(requester.route("lobby.messages.none").retrieveMono(String.class))
                .expectErrorSatisfies(error -> assertProblem(error, ProblemCode.REQUEST_UNSUPPORTED, 400))
                .verify(TIMEOUT);
    }

    private void assertProblem(Throwable error, ProblemCode code, int status) {
        Problem problem = json.readValue(error.getMessage(), Problem.class);
        assertThat(problem.code()).isEqualTo(code.wireName());
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.requestId()).isNotBlank();
    }

    private Mono<MessageView> post(String text) {
        return post(UUID.randomUUID(), text);
    }

    private Mono<MessageView> post(UUID clientMessageId, String text) {
        return requester
                .route(Routes.MESSAGES_POST)
                .data(new PostMessage(clientMessageId, text))
                .retrieveMono(MessageView.class);
    }

    private Flux<MessageView> history(HistoryRequest request) {
        return requester.route(Routes.MESSAGES_HISTORY).data(request).retrieveFlux(MessageView.class);
    }
}
