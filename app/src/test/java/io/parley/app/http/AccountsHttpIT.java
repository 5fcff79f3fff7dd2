package io.parley.app.http;

import static io.parley.app.testing.Accounts.PASSWORD;
import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Problem;
import io.parley.api.ProblemCode;
import io.parley.api.Refresh;
import io.parley.api.Register;
import io.parley.api.Routes;
import io.parley.api.SignIn;
import io.parley.api.SignedInView;
import io.parley.api.UserView;
import io.parley.app.testing.Accounts;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;

@ServerTest
class AccountsHttpIT {
    private final Node node;
    private final WebTestClient http;
    private final Accounts accounts;

    AccountsHttpIT(Node node) {
        this.node = node;
        this.http = node.http();
        this.accounts = new Accounts(node);
    }

    @Test
    void whoRegistersIsSignedIn() {
        String handle = Accounts.handle();

        SignedInView somebody = accounts.register(handle);

        assertThat(somebody.user().handle()).isEqualTo(handle);
        assertThat(somebody.user().displayName()).isEqualTo("Someone");
        assertThat(somebody.accessExpiresAt())
                .isBetween(Instant.now().plusSeconds(840), Instant.now().plusSeconds(901));
        assertThat(somebody.refreshExpiresAt())
                .isBetween(
                        Instant.now().plus(Duration.ofDays(29)), Instant.now().plus(Duration.ofDays(31)));
        assertThat(me(somebody)).isEqualTo(somebody.user());
    }

    @Test
    void whoGivesNoNameIsCalledByTheHandle() {
        String handle = Accounts.handle();

        SignedInView somebody = signedIn(Routes.REGISTER, new Register(handle, PASSWORD, null, null));

        assertThat(somebody.user().displayName()).isEqualTo(handle);
    }

    @Test
    void peopleSignInHoweverTheyWriteTheirHandleIntoASessionOfItsOwn() {
        SignedInView first = accounts.register();
        String shouted = first.user().handle().toUpperCase(Locale.ROOT);

        SignedInView second = signedIn(Routes.SIGN_IN, new SignIn(shouted, PASSWORD, "phone"));

        assertThat(second.user()).isEqualTo(first.user());
        assertThat(second.sessionId()).isNotEqualTo(first.sessionId());
        signOut(second);
        refused(second, ProblemCode.SESSION_ENDED);
        assertThat(me(first)).isEqualTo(first.user());
    }

    @Test
    void peopleAreFoundByTheirExactHandleAndById() {
        SignedInView asking = accounts.register();
        UserView wanted = accounts.register().user();

        assertThat(user(asking, Routes.USER_BY_HANDLE, wanted.handle().toUpperCase(Locale.ROOT)))
                .isEqualTo(wanted);
        assertThat(user(asking, Routes.USER, wanted.id().toString())).isEqualTo(wanted);
        node.http(asking.accessToken())
                .get()
                .uri(Routes.USER_BY_HANDLE, wanted.handle().substring(0, 10))
                .exchange()
                .expectStatus()
                .isNotFound();
    }

    @Test
    void aHandleIsTakenHoweverItIsWritten() {
        String handle = accounts.register().user().handle();

        assertThat(problem(Routes.REGISTER, new Register(handle.toUpperCase(Locale.ROOT), PASSWORD, null, null)))
                .extracting(Problem::code, Problem::status)
                .containsExactly(ProblemCode.HANDLE_TAKEN.wireName(), 409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"admin", "ROOT", "Parley", "support", "null", "postmaster"})
    void someHandlesAreForNobody(String handle) {
        assertThat(problem(Routes.REGISTER, new Register(handle, PASSWORD, null, null))
                        .code())
                .isEqualTo(ProblemCode.HANDLE_RESERVED.wireName());
    }

    @Test
    void ofFiftyWhoWantOneHandleOneGetsIt() {
        String handle = Accounts.handle();
        WebClient client = WebClient.create("http://127.0.0.1:" + node.port("local.server.port"));

        List<Integer> statuses = Flux.range(0, 50)
                .flatMap(
                        i -> client.post()
                                .uri(Routes.REGISTER)
                                .bodyValue(new Register(handle, PASSWORD, "Number " + i, null))
                                .exchangeToMono(answer -> answer.releaseBody().thenReturn(answer.statusCode())),
                        50)
                .map(HttpStatusCode::value)
                .collectList()
                .block(TIMEOUT);

        assertThat(statuses).hasSize(50).containsOnlyOnce(201).containsOnly(201, 409);
    }

    @Test
    void aRefreshTokenIsGoodForOnePairOfTokens() {
        SignedInView first = accounts.register();

        SignedInView second = signedIn(Routes.REFRESH, new Refresh(first.refreshToken()));

        assertThat(second.user()).isEqualTo(first.user());
        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(me(second)).isEqualTo(first.user());
    }

    @Test
    void aRefreshTokenThatIsUsedTwiceEndsTheSession() {
        SignedInView first = accounts.register();
        SignedInView second = signedIn(Routes.REFRESH, new Refresh(first.refreshToken()));

        for (SignedInView tokens : List.of(first, second)) {
            assertThat(problem(Routes.REFRESH, new Refresh(tokens.refreshToken()))
                            .code())
                    .isEqualTo(ProblemCode.SESSION_ENDED.wireName());
            refused(tokens, ProblemCode.SESSION_ENDED);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void aRefreshTokenThatNobodyHasIsInvalid(String token) {
        assertThat(problem(Routes.REFRESH, new Refresh(token)).code()).isEqualTo(ProblemCode.TOKEN_INVALID.wireName());
    }

    @Test
    void nobodyLearnsAtTheDoorWhetherAHandleExists() {
        String known = accounts.register().user().handle();

        Problem wrongPassword = problem(Routes.SIGN_IN, new SignIn(known, "wrong password", null));
        Problem unknownHandle = problem(Routes.SIGN_IN, new SignIn(Accounts.handle(), "wrong password", null));

        assertThat(wrongPassword.code()).isEqualTo(ProblemCode.CREDENTIALS_WRONG.wireName());
        assertThat(wrongPassword)
                .usingRecursiveComparison()
                .ignoringFields("requestId")
                .isEqualTo(unknownHandle);
    }

    @Test
    void whoTriesOneAccountTooOftenWaitsEvenWithTheRightPassword() {
        String handle = accounts.register().user().handle();
        for (int i = 0; i < 10; i++) {
            problem(Routes.SIGN_IN, new SignIn(handle, "wrong password", null));
        }

        assertThat(problem(Routes.SIGN_IN, new SignIn(handle.toUpperCase(Locale.ROOT), PASSWORD, null))
                        .code())
                .isEqualTo(ProblemCode.RATE_EXCEEDED.wireName());
    }

    @Test
    void aBadTokenIsRefusedAlsoWhereNoneIsNeeded() {
        for (String path : List.of(Routes.CONVERSATIONS, Routes.ME, "/", "/nowhere")) {
            challenged(node.http("not.a.token").get().uri(path), ProblemCode.TOKEN_INVALID, "invalid_token");
        }
    }

    @Test
    void aBadTokenIsNotLookedAtWhereSomebodyGetsANewOne() {
        SignedInView somebody = accounts.register();
        WebTestClient stale = node.http("not.a.token");

        stale.post()
                .uri(Routes.REFRESH)
                .bodyValue(new Refresh(somebody.refreshToken()))
                .exchange()
                .expectStatus()
                .isOk();
        stale.post()
                .uri(Routes.SIGN_IN)
                .bodyValue(new SignIn(somebody.user().handle(), PASSWORD, null))
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void withoutATokenTheAnswerSaysHowToBringOne() {
        challenged(http.get().uri(Routes.ME), ProblemCode.AUTH_REQUIRED, "Bearer");
        challenged(http.post().uri(Routes.SIGN_OUT), ProblemCode.AUTH_REQUIRED, "Bearer");
        challenged(http.get().uri("/api/v1/nowhere"), ProblemCode.AUTH_REQUIRED, "Bearer");
    }

    @Test
    @Tag("wire-token")
    void aTokenInAUrlMeansNothing() {
        String token = accounts.register().accessToken();

        challenged(
                http.get().uri(Routes.ME + "?access_token=" + token + "&token=" + token),
                ProblemCode.AUTH_REQUIRED,
                "Bearer");
    }

    @Test
    void twoTokensAreNone() {
        SignedInView somebody = accounts.register();

        String header = "Bearer " + somebody.accessToken();
        challenged(
                http.get().uri(Routes.ME).header(HttpHeaders.AUTHORIZATION, header, header),
                ProblemCode.TOKEN_INVALID,
                "invalid_token");
    }

    @Test
    void signedInPeopleUseTheOpenRoutesToo() {
        node.http(accounts.register().accessToken())
                .get()
                .uri(Routes.KEYS)
                .exchange()
                .expectStatus()
                .isOk();
    }

    @Test
    void thePublicKeysHoldNoSecret() {
        String keys = http.get()
                .uri(Routes.KEYS)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType("application/jwk-set+json")
                .expectBody(String.class)
                .returnResult()
                .getResponseBody();

        assertThat(keys).contains("\"kty\"", "\"RSA\"", "\"n\"", "\"kid\"");
        assertThat(keys).doesNotContain("\"d\"", "\"p\"", "\"q\"", "\"dp\"", "\"dq\"", "\"qi\"");
    }

    private void signOut(SignedInView somebody) {
        node.http(somebody.accessToken())
                .post()
                .uri(Routes.SIGN_OUT)
                .exchange()
                .expectStatus()
                .isNoContent();
    }

    private UserView me(SignedInView somebody) {
        return user(somebody, Routes.ME);
    }

    private UserView user(SignedInView asking, String route, Object... variables) {
        return node.http(asking.accessToken())
                .get()
                .uri(route, variables)
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody(UserView.class)
                .returnResult()
                .getResponseBody();
    }

    private void refused(SignedInView somebody, ProblemCode code) {
        challenged(node.http(somebody.accessToken()).get().uri(Routes.ME), code, "invalid_token");
    }

    private static void challenged(WebTestClient.RequestHeadersSpec<?> request, ProblemCode code, String challenge) {
        EntityExchangeResult<Problem> answer = request.exchange()
                .expectStatus()
                .isUnauthorized()
                .expectBody(Problem.class)
                .returnResult();

        assertThat(answer.getResponseBody().code()).isEqualTo(code.wireName());
        assertThat(answer.getResponseHeaders().getFirst(HttpHeaders.WWW_AUTHENTICATE))
                .startsWith("Bearer")
                .contains(challenge);
    }

    private SignedInView signedIn(String route, Object request) {
        return http.post()
                .uri(route)
                .bodyValue(request)
                .exchange()
                .expectStatus()
                .is2xxSuccessful()
                .expectBody(SignedInView.class)
                .returnResult()
                .getResponseBody();
    }

    private Problem problem(String route, Object request) {
        return http.post()
                .uri(route)
                .bodyValue(request)
                .exchange()
                .expectStatus()
                .is4xxClientError()
                .expectBody(Problem.class)
                .returnResult()
                .getResponseBody();
    }
}
