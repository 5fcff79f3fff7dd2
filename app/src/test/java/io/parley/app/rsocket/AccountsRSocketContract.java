package io.parley.app.rsocket;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.api.Problem;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.SignedInView;
import io.parley.api.UserView;
import io.parley.app.testing.Accounts;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.user.UserId;
import io.rsocket.transport.ClientTransport;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

/** Who is asking on RSocket, whichever transport it runs on. */
@ServerTest
abstract class AccountsRSocketContract {
    private final List<RSocketRequester> opened = new ArrayList<>();
    private final Node node;
    private final ClientTransport transport;
    private final JsonMapper json;
    private final TokenIssuer issuer;
    private final SignedInView somebody;

    AccountsRSocketContract(Node node, ClientTransport transport, JsonMapper json, TokenIssuer issuer) {
        this.node = node;
        this.transport = transport;
        this.json = json;
        this.issuer = issuer;
        this.somebody = new Accounts(node).register();
    }

    @AfterEach
    void close() {
        opened.forEach(RSocketRequester::dispose);
    }

    @Test
    void aTokenInTheSetupIsGoodForAllRequests() {
        RSocketRequester signedIn = connection(somebody.accessToken());

        for (int i = 0; i < 2; i++) {
            StepVerifier.create(me(signedIn))
                    .expectNext(somebody.user())
                    .expectComplete()
                    .verify(TIMEOUT);
        }
        problem(post(signedIn), ProblemCode.CONVERSATION_UNKNOWN, 404);
    }

    @Test
    void aTokenInARequestIsGoodForThatOne() {
        RSocketRequester nobody = node.requester(transport);
        opened.add(nobody);
        RSocketRequester encoding = connection(somebody.accessToken());

        SignedInView another = new Accounts(node).register();
        StepVerifier.create(Node.bearing(another.accessToken(), encoding.route(Routes.USERS_ME))
                        .retrieveMono(UserView.class))
                .expectNext(another.user())
                .expectComplete()
                .verify(TIMEOUT);
        StepVerifier.create(me(encoding))
                .expectNext(somebody.user())
                .expectComplete()
                .verify(TIMEOUT);
        refused(me(nobody), ProblemCode.AUTH_REQUIRED);
    }

    @Test
    void aBadTokenInTheSetupClosesTheConnectionAndSaysWhy() {
        refused(me(connection("not.a.token")), ProblemCode.TOKEN_INVALID);
    }

    @Test
    void aSignedOutTokenIsRefusedOnANewConnectionAndOnAnOpenOne() {
        RSocketRequester before = connection(somebody.accessToken());
        me(before).block(TIMEOUT);

        node.http(somebody.accessToken())
                .post()
                .uri(Routes.SIGN_OUT)
                .exchange()
                .expectStatus()
                .isNoContent();

        refused(me(before), ProblemCode.SESSION_ENDED);
        refused(post(before), ProblemCode.SESSION_ENDED);
        refused(me(connection(somebody.accessToken())), ProblemCode.SESSION_ENDED);
    }

    @Test
    void aConnectionDoesNotOutliveItsToken() {
        Instant end = Instant.now().plusSeconds(4).truncatedTo(ChronoUnit.SECONDS);
        Caller caller = new Caller(new UserId(somebody.user().id()), new SessionId(somebody.sessionId()), end);
        RSocketRequester signedIn =
                connection(issuer.issue(caller).block(TIMEOUT).value());
        me(signedIn).block(TIMEOUT);

        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> Instant.now()
                .isAfter(end));

        refused(me(signedIn), ProblemCode.TOKEN_EXPIRED);
        refused(post(signedIn), ProblemCode.TOKEN_EXPIRED);
    }

    private RSocketRequester connection(String token) {
        RSocketRequester requester = node.requester(token, transport);
        opened.add(requester);
        return requester;
    }

    private static Mono<UserView> me(RSocketRequester requester) {
        return requester.route(Routes.USERS_ME).retrieveMono(UserView.class);
    }

    private static Mono<MessageView> post(RSocketRequester requester) {
        return requester
                .route(Routes.MESSAGES_SEND)
                .data(new SendMessage(UUID.randomUUID(), UUID.randomUUID(), "hello"))
                .retrieveMono(MessageView.class);
    }

    private void refused(Mono<?> asked, ProblemCode code) {
        problem(asked, code, 401);
    }

    private void problem(Mono<?> asked, ProblemCode code, int status) {
        StepVerifier.create(asked)
                .expectErrorSatisfies(error -> {
                    Problem problem = json.readValue(error.getMessage(), Problem.class);
                    assertThat(problem.code()).isEqualTo(code.wireName());
                    assertThat(problem.status()).isEqualTo(status);
                })
                .verify(TIMEOUT);
    }
}
