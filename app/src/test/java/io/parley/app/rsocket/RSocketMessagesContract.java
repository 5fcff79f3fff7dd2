package io.parley.app.rsocket;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesRequest;
import io.parley.api.HistoryRequest;
import io.parley.api.Limits;
import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.ServerFrame;
import io.parley.api.client.ParleyClient;
import io.parley.api.client.ProblemException;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.TalkHint;
import io.rsocket.Payload;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.InvalidException;
import io.rsocket.util.DefaultPayload;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.subscriber.TestSubscriber;

/** What holds on RSocket, whichever transport it runs on, through the client that others use. */
@ServerTest
abstract class RSocketMessagesContract {
    /** One node holds 16 to PostgreSQL. */
    private static final int MORE_THAN_CONNECTIONS = 17;

    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final Node node;
    private final URI server;
    private final Person ann;
    private final Person ben;
    private final UUID here;
    private final ParleyClient client;
    private final List<RSocketRequester> others = new ArrayList<>();

    RSocketMessagesContract(Node node, URI server) {
        this.node = node;
        this.server = server;
        this.ann = Person.on(node);
        this.ben = Person.on(node);
        this.here = ann.group(ben);
        this.client = node.client(ann.token(), server);
    }

    /** The same transport without the client. */
    abstract RSocketRequester requester(String token);

    @AfterEach
    void close() {
        client.close();
        others.forEach(RSocketRequester::dispose);
    }

    @Test
    @Tag("wire-rsocket")
    @Tag("always-4")
    void aMessageIsSentOnceHoweverOftenItIsRepeated() {
        SendMessage message = new SendMessage(here, UUID.randomUUID(), "hello");

        MessageView sent = client.send(message).block(TIMEOUT);

        assertThat(client.send(message).block(TIMEOUT)).isEqualTo(sent);
        assertThat(ann.get(MessageView.class, Routes.MESSAGE, here, sent.id())).isEqualTo(sent);
    }

    @ParameterizedTest
    @Tag("wire-history")
    @CsvSource(
            nullValues = "-",
            value = {
                // before, after, around, limit: first and last
                "-, -, -, -, 11, 60",
                "-, -, -, 3, 58, 60",
                "8, -, -, 3, 5, 7",
                "3, -, -, 3, 1, 2",
                "-, 0, -, -, 1, 60",
                "-, 0, -, 55, 1, 55",
                "-, 57, -, -, 58, 60",
                "-, -, 5, 4, 3, 6",
                "-, -, 60, 4, 58, 60",
                "-, -, 62, 4, 59, 60",
                "-, -, 1000, 4, 59, 60",
                "-, -, 1000, 1, 61, 60"
            })
    void theHistoryComesByRisingSeq(Long before, Long after, Long around, Integer limit, long first, long last) {
        fill(60);

        StepVerifier.create(client.history(new HistoryRequest(here, before, after, around, limit))
                        .map(MessageView::seq)
                        .collectList())
                .expectNext(LongStream.rangeClosed(first, last).boxed().toList())
                .expectComplete()
                .verify(TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 9, 10, 11, 12, 1_000, Long.MAX_VALUE})
    void whatLiesAroundAMessageIsTheSameOverHttp(long around) {
        fill(10);

        MessagePage page = ann.get(MessagePage.class, Routes.MESSAGES + "?around=" + around + "&limit=4", here);

        StepVerifier.create(client.history(new HistoryRequest(here, null, null, around, 4))
                        .collectList())
                .expectNext(page.messages())
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void anEmptyHistoryEndsAtOnce() {
        for (Long after : new Long[] {null, 0L, 10L}) {
            StepVerifier.create(client.history(new HistoryRequest(here, null, after, null, null)))
                    .expectComplete()
                    .verify(TIMEOUT);
        }
    }

    @Test
    @Tag("wire-rsocket")
    void whoAsksForThreeMessagesGetsThree() {
        fill(10);

        StepVerifier.create(client.history(fromTheFirst()).map(MessageView::seq), 3)
                .expectNext(1L, 2L, 3L)
                .expectNoEvent(A_WHILE)
                .thenRequest(2)
                .expectNext(4L, 5L)
                .expectNoEvent(A_WHILE)
                .thenRequest(Long.MAX_VALUE)
                .expectNext(6L, 7L, 8L, 9L, 10L)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    @Tag("always-7")
    void readersWhoTakeOneMessageAndStallKeepNobodyFromTheStore() {
        fill(2);
        List<TestSubscriber<MessageView>> stalled = Stream.generate(this::stalledReader)
                .limit(MORE_THAN_CONNECTIONS)
                .toList();

        StepVerifier.create(say("still here"))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(stalled).noneMatch(TestSubscriber::isTerminated);
        stalled.forEach(TestSubscriber::cancel);
    }

    private TestSubscriber<MessageView> stalledReader() {
        TestSubscriber<MessageView> reader =
                TestSubscriber.builder().initialRequest(1).build();
        client.history(fromTheFirst()).subscribe(reader);
        Awaitility.await().atMost(TIMEOUT).until(() -> !reader.getReceivedOnNext()
                .isEmpty());
        return reader;
    }

    @Test
    void theChangesOfALogEndWithWhereTheyEnd() {
        fill(60);

        List<ServerFrame> frames =
                client.changes(new ChangesRequest(here, null, 0)).collectList().block(TIMEOUT);

        ServerFrame.CaughtUp end = (ServerFrame.CaughtUp) frames.get(frames.size() - 1);
        List<Long> offsets = frames.stream()
                .skip(1)
                .limit(frames.size() - 2)
                .map(frame -> ((ServerFrame.Change) frame).offset())
                .toList();
        assertThat(frames.get(0)).isEqualTo(new ServerFrame.CatchUp(here, 0, end.offset()));
        assertThat(offsets).isSorted().doesNotHaveDuplicates().endsWith(end.offset());
        assertThat(frames).filteredOn(RSocketMessagesContract::isMessage).hasSize(60);
        StepVerifier.create(client.changes(new ChangesRequest(here, null, end.offset())))
                .expectNext(end)
                .expectComplete()
                .verify(TIMEOUT);
    }

    private static boolean isMessage(ServerFrame frame) {
        return frame instanceof ServerFrame.Change change && change.message() != null;
    }

    @Test
    @Tag("wire-rsocket")
    void theChangesOfALogArePacedByDemand() {
        fill(5);
        long most = client.changes(new ChangesRequest(here, null, 0)).count().block(TIMEOUT) - 1;

        StepVerifier.create(client.changes(new ChangesRequest(here, null, 0)), 0)
                .expectSubscription()
                .expectNoEvent(A_WHILE)
                .thenRequest(2)
                .expectNextCount(2)
                .expectNoEvent(A_WHILE)
                // All changes, and not yet what stands behind them.
                .thenRequest(most - 2)
                .expectNextCount(most - 2)
                .expectNoEvent(A_WHILE)
                .thenRequest(1)
                .expectNextMatches(ServerFrame.CaughtUp.class::isInstance)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void whoCannotGoOnFromWhereItStandsGetsAGapAndNothingElse() {
        for (ChangesRequest request :
                List.of(new ChangesRequest(here, null, 1_000), new ChangesRequest(here, UUID.randomUUID(), 0))) {
            StepVerifier.create(client.changes(request))
                    .assertNext(frame ->
                            assertThat(((ServerFrame.Gap) frame).logId()).isEqualTo(here))
                    .expectComplete()
                    .verify(TIMEOUT);
        }
    }

    @Test
    void onesOwnLogSaysWhereOneIsAMember() {
        StepVerifier.create(client.changes(new ChangesRequest(ann.id(), null, 0))
                        .ofType(ServerFrame.Change.class)
                        .map(change -> change.membership().conversationId()))
                .expectNext(here)
                .expectComplete()
                .verify(TIMEOUT);
        refused(
                client.changes(new ChangesRequest(Person.on(node).id(), null, 0)),
                ProblemCode.CONVERSATION_UNKNOWN,
                404);
    }

    @Test
    @Tag("wire-rsocket")
    void typingIsHeard() {
        Sinks.Many<Hint> heard = Sinks.many().replay().limit(10);
        HintChannel channel = node.bean(HintChannel.class);
        Disposable ear = channel.hear(heard::tryEmitNext).subscribe();

        // Who hears is not told when it begins to.
        Awaitility.await().atMost(TIMEOUT).pollInterval(A_WHILE).untilAsserted(() -> {
            client.typing(here).block(TIMEOUT);
            assertThat(heard.asFlux()
                            .ofType(TalkHint.class)
                            .filter(hint -> hint.conversation().value().equals(here))
                            .next()
                            .block(A_WHILE)
                            .user()
                            .value())
                    .isEqualTo(ann.id());
        });
        ear.dispose();
    }

    @Test
    void aRefusalCarriesAProblemThatSaysWhy() {
        StepVerifier.create(say("  "))
                .expectErrorSatisfies(error -> {
                    assertThat(error.getCause()).isInstanceOf(InvalidException.class);
                    assertProblem(error, ProblemCode.MESSAGE_EMPTY, 400);
                })
                .verify(TIMEOUT);
    }

    @Test
    @Tag("wire-unknown")
    void whoIsNotAMemberFindsNothing() {
        Person stranger = Person.on(node);
        ParleyClient theirs = node.client(stranger.token(), server);

        refused(theirs.history(fromTheFirst()), ProblemCode.CONVERSATION_UNKNOWN, 404);
        refused(theirs.changes(new ChangesRequest(here, null, 0)), ProblemCode.CONVERSATION_UNKNOWN, 404);
        refused(theirs.send(new SendMessage(here, UUID.randomUUID(), "hello")), ProblemCode.CONVERSATION_UNKNOWN, 404);
        theirs.close();
    }

    @Test
    void whoHasNotSignedInMayOnlyBeginALiveChannel() {
        ParleyClient nobody = ParleyClient.connect(server, Mono.empty()).block(TIMEOUT);

        refused(nobody.history(fromTheFirst()), ProblemCode.AUTH_REQUIRED, 401);
        refused(nobody.changes(new ChangesRequest(here, null, 0)), ProblemCode.AUTH_REQUIRED, 401);
        nobody.close();
    }

    @Test
    void theTokenIsAskedForWithEachRequest() {
        Sinks.Many<String> tokens = Sinks.many().replay().latest();
        ParleyClient signedOut =
                ParleyClient.connect(server, tokens.asFlux().next()).block(TIMEOUT);

        tokens.tryEmitNext("not.a.token");
        refused(signedOut.history(fromTheFirst()), ProblemCode.TOKEN_INVALID, 401);
        tokens.tryEmitNext(ann.token());
        StepVerifier.create(signedOut.history(fromTheFirst())).expectComplete().verify(TIMEOUT);
        signedOut.close();
    }

    @Test
    void aLostConnectionIsAnErrorAndStaysOne() {
        fill(2);

        StepVerifier.create(client.history(fromTheFirst()), 1)
                .expectNextCount(1)
                .then(client::close)
                .expectErrorMatches(error -> !(error instanceof ProblemException))
                .verify(TIMEOUT);
        StepVerifier.create(say("too late"))
                .expectErrorMatches(error -> !(error instanceof ProblemException))
                .verify(TIMEOUT);
    }

    @Test
    @Tag("wire-size")
    void aPayloadOverTheLimitIsNotTaken() {
        String tooLong = "x".repeat(Limits.MAX_INBOUND_BYTES);

        StepVerifier.create(say(tooLong)).expectError().verify(TIMEOUT);

        ParleyClient again = node.client(ann.token(), server);
        refused(
                again.send(new SendMessage(here, UUID.randomUUID(), "x".repeat(Limits.MAX_INBOUND_BYTES - 2_000))),
                ProblemCode.MESSAGE_TOO_LONG,
                400);
        again.close();
    }

    @Test
    void aPayloadThatIsNoRequestIsMalformed() {
        StepVerifier.create(signedIn()
                        .route(Routes.MESSAGES_SEND)
                        .data(Map.of("clientMessageId", "not a uuid"))
                        .retrieveMono(MessageView.class))
                .expectErrorSatisfies(error -> assertWire(error, ProblemCode.REQUEST_MALFORMED))
                .verify(TIMEOUT);
        StepVerifier.create(client.send(new SendMessage(here, null, "no id")))
                .expectErrorSatisfies(error -> assertProblem(error, ProblemCode.REQUEST_MALFORMED, 400))
                .verify(TIMEOUT);
    }

    @Test
    void metadataThatCannotBeReadIsMalformed() {
        Payload garbage = DefaultPayload.create(new byte[0], new byte[] {(byte) 0x80, 1, 2});

        StepVerifier.create(signedIn().rsocketClient().requestResponse(Mono.just(garbage)))
                .expectErrorSatisfies(error -> assertWire(error, ProblemCode.REQUEST_MALFORMED))
                .verify(TIMEOUT);
    }

    @Test
    void aRouteThatIsNotNamedIsNotForEverybody() {
        RSocketRequester nobody =
                node.requester(server.getScheme().equals("tcp") ? node.rsocketOverTcp() : node.rsocketOverWebSocket());
        others.add(nobody);

        StepVerifier.create(nobody.route("sessions.all").retrieveMono(String.class))
                .expectErrorSatisfies(error -> {
                    assertThat(error).isInstanceOf(ApplicationErrorException.class);
                    assertWire(error, ProblemCode.AUTH_REQUIRED);
                })
                .verify(TIMEOUT);
    }

    @Test
    void aRouteInTheWrongInteractionIsUnsupported() {
        StepVerifier.create(signedIn()
                        .route(Routes.MESSAGES_HISTORY)
                        .data(fromTheFirst())
                        .retrieveMono(String.class))
                .expectErrorSatisfies(error -> assertWire(error, ProblemCode.REQUEST_UNSUPPORTED))
                .verify(TIMEOUT);
    }

    private RSocketRequester signedIn() {
        RSocketRequester requester = requester(ann.token());
        others.add(requester);
        return requester;
    }

    private void fill(int messages) {
        // By two people, since one may not say so much at once.
        int own = Math.min(messages, 40);
        Flux.range(1, own).concatMap(i -> say("message " + i)).blockLast(TIMEOUT);
        IntStream.rangeClosed(own + 1, messages).forEach(i -> ben.say(here, "message " + i));
    }

    private Mono<MessageView> say(String text) {
        return client.send(new SendMessage(here, UUID.randomUUID(), text));
    }

    private HistoryRequest fromTheFirst() {
        return new HistoryRequest(here, null, 0L, null, null);
    }

    private static void refused(Publisher<?> asked, ProblemCode code, int status) {
        StepVerifier.create(asked)
                .expectErrorSatisfies(error -> assertProblem(error, code, status))
                .verify(TIMEOUT);
    }

    private static void assertProblem(Throwable error, ProblemCode code, int status) {
        assertThat(error).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(code.wireName());
            assertThat(refused.problem().status()).isEqualTo(status);
            assertThat(refused.problem().requestId()).isNotBlank();
        });
    }

    private static void assertWire(Throwable error, ProblemCode code) {
        assertThat(error.getMessage()).contains("\"code\":\"" + code.wireName() + "\"");
    }
}
