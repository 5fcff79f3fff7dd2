package io.parley.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.dummy;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.ws;

import io.gatling.http.action.ws.WsInboundMessage;
import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.CheckBuilder;
import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.Simulation;
import io.gatling.javaapi.http.HttpProtocolBuilder;
import io.gatling.javaapi.http.WsFrameCheck;
import io.parley.api.ClientFrame;
import io.parley.api.Routes;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.BiPredicate;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * People register; then users come who talk over WebSocket. For each message they wait for its ack, told by its ref, and
 * its change, told by its client message id, in whichever order. Their line is cut; while they are away the other one says
 * something, and they catch up from the offsets that they hold. In the end nothing may be missing.
 */
public class LiveSimulation extends Simulation {
    private static final String SEND = "send live";
    private static final String RESUME = "resume with nothing";
    private static final String CATCH_UP = "resume where it stood";
    private static final String WHOLE = "nothing is missing";

    private static final ObjectWriter JSON = JsonMapper.shared().writerFor(ClientFrame.class);
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final String HELD = "held";
    private static final int MISSED = 3;
    private static final int KEPT = 1_000;

    private final Target target = Target.of(System.getProperties());
    private final People people = new People();

    public LiveSimulation() {
        long users = target.users();
        setUp(people.come(target.people())
                        .andThen(talkers().injectOpen(rampUsers(target.users()).during(target.time()))))
                .protocols(protocol())
                .assertions(
                        global().failedRequests().count().is(0L),
                        global().responseTime().percentile(99).lt(target.p99Millis()),
                        details(SEND).successfulRequests().count().is(users * (target.messages() + 1L)),
                        details(CATCH_UP).successfulRequests().count().is(users),
                        details(WHOLE).successfulRequests().count().is(users));
    }

    private HttpProtocolBuilder protocol() {
        return http.baseUrl(target.url().toString())
                .wsBaseUrl(target.webSockets())
                .wsUnmatchedInboundMessageBufferSize(KEPT)
                .disableWarmUp();
    }

    private ScenarioBuilder talkers() {
        return scenario("talk live")
                .exec(people.becomeTwo())
                .exec(Talk.open())
                .exitHereIfFailed()
                .exec(session -> session.set(HELD, new Held()))
                .exec(connect(RESUME, (held, session) -> held.isReady()))
                .exitHereIfFailed()
                .exec(repeat(target.messages()).on(say()))
                .exec(takeTheRest())
                .exec(ws("cut").close())
                .exec(this::disconnected)
                .exec(repeat(MISSED).on(exec(Talk::nextMessage).exec(Talk.send("send to who is away", People::peer))))
                .exec(connect(
                        CATCH_UP, (held, session) -> held.isReady() && held.hasHeard(Talk.clientMessageId(session))))
                .exitHereIfFailed()
                .exec(say())
                .exec(takeTheRest())
                .exec(dummy(WHOLE, 0).withSuccess(session -> held(session).isWhole()))
                .exec(ws("leave").close());
    }

    private static ChainBuilder connect(String name, BiPredicate<Held, Session> until) {
        return exec(ws("connect").connect(Routes.LIVE_SOCKET))
                .exitHereIfFailed()
                .exec(ws("hello").sendText(session -> write(hello(session))))
                .exec(ws(name).sendText(session -> write(held(session).resume()))
                        .await(WITHIN)
                        .on(heard("there after " + name, until)));
    }

    private static ClientFrame hello(Session session) {
        return new ClientFrame.Hello(null, People.me(session).accessToken(), "Gatling");
    }

    private static ChainBuilder say() {
        return exec(takeTheRest())
                .exec(Talk::nextMessage)
                .exec(session -> session.set("ref", UUID.randomUUID().toString()))
                .exec(ws(SEND).sendText(session -> write(message(session)))
                        .await(WITHIN)
                        .on(heard("ack and change", LiveSimulation::isSaid)));
    }

    private static ClientFrame message(Session session) {
        return new ClientFrame.Send(
                session.getString("ref"), Talk.conversation(session), Talk.clientMessageId(session), "said live");
    }

    private static boolean isSaid(Held held, Session session) {
        return held.isAnswered(session.getString("ref")) && held.hasHeard(Talk.clientMessageId(session));
    }

    /** Waits for the frame with which everything is there that is waited for. */
    private static WsFrameCheck.Text heard(String name, BiPredicate<Held, Session> until) {
        CheckBuilder last = bodyString()
                .transformWithSession(
                        (frame, session) -> until.test(held(session).take(frame), session))
                .is(true);
        return ws.checkTextMessage(name).matching(last);
    }

    /** Frames for which nobody has waited. */
    private static ChainBuilder takeTheRest() {
        return exec(ws.processUnmatchedMessages(LiveSimulation::takeAll));
    }

    private static Session takeAll(List<WsInboundMessage> frames, Session session) {
        for (WsInboundMessage frame : frames) {
            if (frame instanceof WsInboundMessage.Text text) {
                held(session).take(text.message());
            }
        }
        return session;
    }

    private Session disconnected(Session session) {
        held(session).disconnected();
        return session;
    }

    private static Held held(Session session) {
        return session.get(HELD);
    }

    private static String write(ClientFrame frame) {
        return JSON.writeValueAsString(frame);
    }
}
