package io.parley.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.jsonPath;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.Body;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.parley.api.MarkRead;
import io.parley.api.MessagePage;
import io.parley.api.NewConversation;
import io.parley.api.Routes;
import io.parley.api.SendMessage;
import io.parley.api.SignedInView;
import java.util.UUID;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** What two people do over HTTP in their conversation. */
final class Talk {
    static final String OPEN = "open conversation";
    static final String SEND = "send";
    static final String HISTORY = "history";
    static final String READ = "read";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CONVERSATION = "conversation";
    private static final String MESSAGE = "clientMessageId";
    private static final String SEQ = "seq";
    private static final int PAGE = 50;

    private Talk() {}

    static UUID conversation(Session session) {
        return UUID.fromString(session.getString(CONVERSATION));
    }

    /** The same one however often, by whichever of the two. */
    static HttpRequestActionBuilder open() {
        return as(People::me, http(OPEN).post(Routes.CONVERSATIONS))
                .body(json(session -> new NewConversation(
                        "direct", People.peer(session).user().id(), null, null, null, null)))
                .check(status().in(200, 201), jsonPath("$.id").saveAs(CONVERSATION));
    }

    /** A new message each time; what comes back has to be that one. */
    static HttpRequestActionBuilder send(String name, Function<Session, SignedInView> by) {
        return as(by, http(name).post(session -> of(Routes.MESSAGES, session)))
                .body(json(
                        session -> new SendMessage(conversation(session), clientMessageId(session), "said by " + name)))
                .check(
                        status().in(200, 201),
                        jsonPath("$.clientMessageId").is(session -> session.getString(MESSAGE)),
                        jsonPath("$.seq").saveAs(SEQ));
    }

    /** Chooses the id of the next message: before the request, which may ask for its body more than once. */
    static Session nextMessage(Session session) {
        return session.set(MESSAGE, UUID.randomUUID().toString());
    }

    static UUID clientMessageId(Session session) {
        return UUID.fromString(session.getString(MESSAGE));
    }

    /** The page before the end; the user's last message has to be on it. */
    static HttpRequestActionBuilder history() {
        return as(
                        People::me,
                        http(HISTORY)
                                .get(session -> of(Routes.MESSAGES, session) + "?limit=" + PAGE + "&around="
                                        + session.getString(SEQ)))
                .check(
                        status().is(200),
                        bodyString().transformWithSession(Talk::isOnPage).is(true));
    }

    private static boolean isOnPage(String page, Session session) {
        return JSON.readValue(page, MessagePage.class).messages().stream()
                .anyMatch(message -> message.clientMessageId().equals(clientMessageId(session)));
    }

    /** Up to the user's last message. */
    static HttpRequestActionBuilder read() {
        return as(People::me, http(READ).put(session -> of(Routes.READ, session)))
                .body(json(session -> new MarkRead(Long.parseLong(session.getString(SEQ)))))
                .check(
                        status().is(200),
                        jsonPath("$.lastReadSeq").ofLong().gte(session -> Long.parseLong(session.getString(SEQ))));
    }

    private static HttpRequestActionBuilder as(Function<Session, SignedInView> who, HttpRequestActionBuilder request) {
        return request.header(
                        "Authorization",
                        session -> "Bearer " + who.apply(session).accessToken())
                .header("Content-Type", "application/json");
    }

    private static Body json(Function<Session, ?> body) {
        return StringBody(session -> JSON.writeValueAsString(body.apply(session)));
    }

    private static String of(String route, Session session) {
        return route.replace("{id}", session.getString(CONVERSATION));
    }
}
