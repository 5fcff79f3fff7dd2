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
import io.rsocket.Payload;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.InvalidException;
import io.rsocket.transport.ClientTransport;
import io.rsocket.util.DefaultPayload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;
import tools.jackson.databind.json.JsonMapper;

/** What holds on RSocket, whichever transport it runs on. */
@ServerTest
abstract class LobbyRSocketContract {
    /** One node holds 16 to PostgreSQL. */
    private static final int MORE_THAN_CONNECTIONS = 17;

    private static final Duration AGAIN = Duration.ofMillis(300);

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
    void readersWhoTakeOneMessageAndStallKeepNobodyFromTheStore() {
        Flux.range(0, 2).concatMap(i -> post("stalled " + i)).blockLast(TIMEOUT);
        List<TestSubscriber<MessageView>> stalled = Stream.generate(this::stalledReader)
                .limit(MORE_THAN_CONNECTIONS)
                .toList();

        StepVerifier.create(post("still here"))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(stalled).noneMatch(TestSubscriber::isTerminated);
        stalled.forEach(TestSubscriber::cancel);
    }

    private TestSubscriber<MessageView> stalledReader() {
        TestSubscriber<MessageView> reader =
                TestSubscriber.builder().initialRequest(1).build();
        history(new HistoryRequest(null, 2)).subscribe(reader);
        Awaitility.await().atMost(TIMEOUT).until(() -> !reader.getReceivedOnNext()
                .isEmpty());
        return reader;
    }

    @Test
    void whoFollowsGetsTheSameFrameAsOnEveryTransport() {
        UUID clientMessageId = UUID.randomUUID();
        Flux<ServerFrame.Change> changes = requester
                .route(Routes.MESSAGES_LIVE)
                .retrieveFlux(String.class)
                .map(frame -> json.readValue(frame, ServerFrame.Change.class))
                .filter(change -> change.message().clientMessageId().equals(clientMessageId));
        // RSocket does not tell when the other side has subscribed: a repeated post is announced again.
        Flux<MessageView> posts =
                Mono.defer(() -> post(clientMessageId, "live")).repeatWhen(done -> done.delayElements(AGAIN));

        StepVerifier.create(changes.takeUntilOther(posts.ignoreElements()).next())
                .assertNext(change -> assertThat(change.message().text()).isEqualTo("live"))
                .expectComplete()
                .verify(TIMEOUT);
    }

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
    void metadataThatCannotBeReadIsMalformed() {
        Payload garbage = DefaultPayload.create(new byte[0], new byte[] {(byte) 0x80, 1, 2});

        StepVerifier.create(requester.rsocketClient().requestResponse(Mono.just(garbage)))
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
        StepVerifier.create(requester.route(Routes.MESSAGES_LIVE).retrieveMono(String.class))
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
