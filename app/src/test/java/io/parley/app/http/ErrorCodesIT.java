package io.parley.app.http;

import static io.parley.app.testing.Accounts.PASSWORD;
import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.AddMember;
import io.parley.api.EditMessage;
import io.parley.api.Limits;
import io.parley.api.NewConversation;
import io.parley.api.Problem;
import io.parley.api.Register;
import io.parley.api.RenameConversation;
import io.parley.api.RequestUpload;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.SignIn;
import io.parley.api.SignedInView;
import io.parley.app.testing.Accounts;
import io.parley.app.testing.EmbeddedSettings;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.PlantedFault;
import io.parley.app.testing.ServerTest;
import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.user.UserId;
import io.parley.embedded.EmbeddedServer;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.web.reactive.server.EntityExchangeResult;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.reactive.server.WebTestClient.RequestHeadersSpec;

/**
 * Each code is provoked by a client, as a client would meet it; those that only streams or a crowd meet, in {@link
 * StreamErrorsIT}, in {@code DrainIT}, {@code KeepAliveIT}, {@code CrowdOfSendersIT} and in {@link CrowdAtTheDoorIT}.
 */
@ServerTest
class ErrorCodesIT {
    private static final UUID SOME_ID = UUID.fromString("0b9e6a52-7d3c-4a57-9c06-2f1f3a1d9d10");

    private final Node node;
    private final Accounts accounts;
    private final TokenIssuer issuer;
    private final WebTestClient http;
    private final Person me;

    ErrorCodesIT(Node node, TokenIssuer issuer) {
        this.node = node;
        this.accounts = new Accounts(node);
        this.issuer = issuer;
        this.http = node.http();
        this.me = Person.on(node);
    }

    @ParameterizedTest
    @Tag("always-10")
    @EnumSource(
            value = ErrorCode.class,
            names = {
                "AUTH_BUSY",
                "STORE_BUSY",
                "NODE_BUSY",
                "STREAM_TOO_MANY",
                "NODE_STOPPING",
                "LIVE_HELLO_REQUIRED",
                "LIVE_HELLO_REPEATED",
                "LIVE_CREDIT_UNSTATED",
                "LIVE_WATCH_TOO_MANY",
                "LIVE_TOO_MANY",
                "SETUP_KEEP_ALIVE"
            },
            mode = EnumSource.Mode.EXCLUDE)
    void aClientMeetsTheCodeAsAProblem(ErrorCode code) {
        try (Provocation provocation = provoke(code)) {
            EntityExchangeResult<Problem> answer = provocation
                    .request()
                    .exchange()
                    .expectHeader()
                    .contentType(Problem.MEDIA_TYPE)
                    .expectBody(Problem.class)
                    .returnResult();
            Problem problem = answer.getResponseBody();

            assertThat(problem.code()).isEqualTo(code.wireName());
            assertThat(problem.status()).isEqualTo(answer.getStatus().value());
            assertThat(problem.requestId())
                    .isEqualTo(answer.getResponseHeaders().getFirst("X-Request-Id"));
            assertThat(problem.retryable()).isEqualTo(problem.retryAfterMs() != null);
            assertThat(answer.getResponseHeaders().containsHeader(HttpHeaders.RETRY_AFTER))
                    .isEqualTo(problem.retryable());
            assertThat(answer.toString()).doesNotContain("Exception", "io.parley", "internals");
        }
    }

    private Provocation provoke(ErrorCode code) {
        return switch (code) {
            case REQUEST_MALFORMED -> request(json(Routes.SIGN_IN, "{\"handle\":"));
            case REQUEST_TOO_LARGE -> request(json(Routes.SIGN_IN, "\"" + "x".repeat(Limits.MAX_INBOUND_BYTES) + "\""));
            case REQUEST_UNSUPPORTED -> request(http.delete().uri(Routes.SIGN_IN));
            case ROUTE_UNKNOWN -> request(http.get().uri("/assets/none"));
            case PAGE_INVALID -> request(me.http().get().uri(Routes.CONVERSATIONS + "?limit=201"));
            case MESSAGE_EMPTY,
                    MESSAGE_TOO_LONG,
                    MESSAGE_CHARACTER,
                    MESSAGE_UNKNOWN,
                    MESSAGE_ID_REUSED,
                    MESSAGE_NOT_YOURS,
                    MESSAGE_DELETED -> request(aboutMessages(code));
            case CONVERSATION_UNKNOWN,
                    CONVERSATION_KIND,
                    CONVERSATION_FORBIDDEN,
                    CONVERSATION_KEY_REUSED,
                    MEMBER_UNKNOWN,
                    MEMBERS_TOO_MANY,
                    CONVERSATIONS_TOO_MANY,
                    CONVERSATION_LAST_OWNER,
                    TITLE_INVALID -> request(aboutConversations(code));
            case PREFERENCES_INVALID ->
                request(me.http().patch().uri(Routes.PREFERENCES).bodyValue(Map.of("No such name", "x")));
            case FILE_TYPE -> request(upload("text/html", 1));
            case FILE_SIZE -> request(upload("text/plain", 10 * 1024 * 1024 + 1));
            case FILE_UNKNOWN -> request(me.http().get().uri(Routes.FILE, SOME_ID));
            case HANDLE_INVALID -> request(register("1x", PASSWORD, null));
            case HANDLE_RESERVED -> request(register("Admin", PASSWORD, null));
            case HANDLE_TAKEN -> request(register(accounts.register().user().handle(), PASSWORD, null));
            case DISPLAY_NAME_INVALID -> request(register(Accounts.handle(), PASSWORD, " "));
            case PASSWORD_LENGTH -> request(register(Accounts.handle(), "7 chars", null));
            case USER_UNKNOWN ->
                request(signedIn(accounts.register().accessToken()).uri(Routes.USER, SOME_ID));
            case CREDENTIALS_WRONG ->
                request(http.post().uri(Routes.SIGN_IN).bodyValue(new SignIn(Accounts.handle(), PASSWORD, null)));
            case TOKEN_INVALID -> request(signedIn("not.a.token").uri(Routes.ME));
            case TOKEN_EXPIRED -> request(signedIn(expired()).uri(Routes.ME));
            case SESSION_ENDED -> {
                String token = accounts.register().accessToken();
                node.http(token)
                        .post()
                        .uri(Routes.SIGN_OUT)
                        .exchange()
                        .expectStatus()
                        .isNoContent();
                yield request(signedIn(token).uri(Routes.ME));
            }
            case AUTH_REQUIRED -> request(http.get().uri("/api/v1/users/me"));
            case ORIGIN_FORBIDDEN ->
                request(http.get().uri(Routes.KEYS).header(HttpHeaders.ORIGIN, "https://evil.example"));
            case RATE_EXCEEDED -> {
                for (int i = 0; i < 11; i++) {
                    upload("text/plain", 1).exchange();
                }
                yield request(upload("text/plain", 1));
            }
            case STORE_UNAVAILABLE ->
                without(EmbeddedServer.POSTGRES, me.http().get().uri(Routes.CONVERSATIONS));
            case FILES_UNAVAILABLE -> without(EmbeddedServer.S3, me.http().get().uri(Routes.FILE, SOME_ID));
            case SERVER_FAILURE -> request(http.get().uri(PlantedFault.ROUTE));
            case AUTH_BUSY, STORE_BUSY, NODE_BUSY -> throw new IllegalArgumentException(code + " is met by a crowd");
            case STREAM_TOO_MANY,
                    NODE_STOPPING,
                    LIVE_HELLO_REQUIRED,
                    LIVE_HELLO_REPEATED,
                    LIVE_CREDIT_UNSTATED,
                    LIVE_WATCH_TOO_MANY,
                    LIVE_TOO_MANY,
                    SETUP_KEEP_ALIVE -> throw new IllegalArgumentException(code + " is met by streams");
        };
    }

    private RequestHeadersSpec<?> aboutMessages(ErrorCode code) {
        Person peer = Person.on(node);
        UUID here = me.direct(peer);
        UUID said = UUID.randomUUID();
        UUID message = me.say(here, said, "one").id();
        return switch (code) {
            case MESSAGE_EMPTY -> send(here, UUID.randomUUID(), " \n ");
            case MESSAGE_TOO_LONG -> send(here, UUID.randomUUID(), "x".repeat(4_001));
            case MESSAGE_CHARACTER -> send(here, UUID.randomUUID(), "nul \u0000");
            case MESSAGE_UNKNOWN -> me.http().get().uri(Routes.MESSAGE, here, SOME_ID);
            case MESSAGE_ID_REUSED -> send(here, said, "two");
            case MESSAGE_NOT_YOURS -> edit(peer, here, message);
            case MESSAGE_DELETED -> {
                done(me.http().delete().uri(Routes.MESSAGE, here, message));
                yield edit(me, here, message);
            }
            default -> throw new IllegalArgumentException(code + " is about something else");
        };
    }

    private RequestHeadersSpec<?> aboutConversations(ErrorCode code) {
        Person other = Person.on(node);
        UUID group = me.group(other);
        return switch (code) {
            case CONVERSATION_UNKNOWN -> me.http().get().uri(Routes.CONVERSATION, SOME_ID);
            case CONVERSATION_KIND -> rename(me, me.direct(other), "A title");
            case CONVERSATION_FORBIDDEN -> rename(other, group, "A title");
            case CONVERSATION_KEY_REUSED -> {
                done(open(SOME_ID, "One", List.of()));
                yield open(SOME_ID, "Two", List.of());
            }
            case MEMBER_UNKNOWN -> me.http().delete().uri(Routes.MEMBER, group, SOME_ID);
            case MEMBERS_TOO_MANY ->
                open(
                        UUID.randomUUID(),
                        "Many",
                        Stream.generate(UUID::randomUUID).limit(100).toList());
            case CONVERSATIONS_TOO_MANY -> {
                isInAsManyAsAnybodyMayBe(other);
                yield me.http().post().uri(Routes.MEMBERS, me.group()).bodyValue(new AddMember(other.id()));
            }
            case CONVERSATION_LAST_OWNER -> me.http().post().uri(Routes.CONVERSATION_LEAVE, group);
            case TITLE_INVALID -> rename(me, group, " ");
            default -> throw new IllegalArgumentException(code + " is about something else");
        };
    }

    /** Whatever the number is of those that are real. */
    private void isInAsManyAsAnybodyMayBe(Person person) {
        DatabaseClient.create(node.bean(ConnectionPool.class))
                .sql("update user_logs set conversations = 10000 where user_id = :id")
                .bind("id", person.id())
                .fetch()
                .rowsUpdated()
                .block(TIMEOUT);
    }

    private RequestHeadersSpec<?> send(UUID conversation, UUID clientMessageId, String text) {
        return me.http()
                .post()
                .uri(Routes.MESSAGES, conversation)
                .bodyValue(new SendMessage(null, clientMessageId, text));
    }

    private static RequestHeadersSpec<?> edit(Person person, UUID conversation, UUID message) {
        return person.http()
                .patch()
                .uri(Routes.MESSAGE, conversation, message)
                .bodyValue(new EditMessage("another text"));
    }

    private static RequestHeadersSpec<?> rename(Person person, UUID conversation, String title) {
        return person.http().patch().uri(Routes.CONVERSATION, conversation).bodyValue(new RenameConversation(title));
    }

    private RequestHeadersSpec<?> open(UUID key, String title, List<UUID> members) {
        return me.http()
                .post()
                .uri(Routes.CONVERSATIONS)
                .bodyValue(new NewConversation("group", null, key, title, null, members));
    }

    private static void done(RequestHeadersSpec<?> request) {
        request.exchange().expectStatus().is2xxSuccessful();
    }

    private RequestHeadersSpec<?> register(String handle, String password, String displayName) {
        return http.post().uri(Routes.REGISTER).bodyValue(new Register(handle, password, displayName, null));
    }

    private WebTestClient.RequestHeadersUriSpec<?> signedIn(String token) {
        return node.http(token).get();
    }

    /** As the server signed it a while ago. */
    private String expired() {
        SignedInView somebody = accounts.register();
        Caller caller = new Caller(
                new UserId(somebody.user().id()),
                new SessionId(somebody.sessionId()),
                Instant.now().minusSeconds(1).truncatedTo(ChronoUnit.SECONDS));
        return issuer.issue(caller).block(TIMEOUT).value();
    }

    private RequestHeadersSpec<?> upload(String type, long size) {
        return me.http().post().uri(Routes.FILES).bodyValue(new RequestUpload(type, size));
    }

    private RequestHeadersSpec<?> json(String route, String body) {
        return http.post().uri(route).contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }

    private static Provocation request(RequestHeadersSpec<?> request) {
        return new Provocation(request, () -> {});
    }

    private Provocation without(EmbeddedServer part, RequestHeadersSpec<?> request) {
        EmbeddedSettings.servers().stop(part);
        return new Provocation(request, () -> {
            EmbeddedSettings.servers().start(part);
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> me.http()
                    .get()
                    .uri(Routes.CONVERSATIONS)
                    .exchange()
                    .expectStatus()
                    .isOk());
        });
    }

    private record Provocation(RequestHeadersSpec<?> request, Runnable restore) implements AutoCloseable {
        @Override
        public void close() {
            restore.run();
        }
    }
}
