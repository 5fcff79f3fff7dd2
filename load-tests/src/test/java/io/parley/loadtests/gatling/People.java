package io.parley.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.StringBody;
import static io.gatling.javaapi.core.CoreDsl.atOnceUsers;
import static io.gatling.javaapi.core.CoreDsl.bodyString;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;
import static io.gatling.javaapi.http.HttpDsl.status;

import io.gatling.javaapi.core.ChainBuilder;
import io.gatling.javaapi.core.PopulationBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.http.HttpRequestActionBuilder;
import io.parley.api.Register;
import io.parley.api.Routes;
import io.parley.api.SignIn;
import io.parley.api.SignedInView;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/** Those who talk: each registers and signs in once, as part of what is measured; then users are two of them each. */
final class People {
    static final String REGISTER = "register";
    static final String SIGN_IN = "sign in";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String PASSWORD = "correct horse";
    private static final String SIGNED_IN = "signedIn";
    private static final String ME = "me";
    private static final String PEER = "peer";

    private final List<SignedInView> there = new CopyOnWriteArrayList<>();

    PopulationBuilder come(int count) {
        return scenario("people")
                .exec(session -> session.set(
                        "handle", "load-" + UUID.randomUUID().toString().substring(0, 13)))
                .exec(post(REGISTER, Routes.REGISTER, session -> new Register(handle(session), PASSWORD, null, null)))
                .exitHereIfFailed()
                .exec(post(SIGN_IN, Routes.SIGN_IN, session -> new SignIn(handle(session), PASSWORD, "Gatling")))
                .exitHereIfFailed()
                .exec(this::isThere)
                .injectOpen(atOnceUsers(count));
    }

    private static HttpRequestActionBuilder post(String name, String path, Function<Session, ?> body) {
        return http(name)
                .post(path)
                .header("Content-Type", "application/json")
                .body(StringBody(session -> JSON.writeValueAsString(body.apply(session))))
                .check(status().in(200, 201))
                .check(bodyString().saveAs(SIGNED_IN));
    }

    private static String handle(Session session) {
        return session.getString("handle");
    }

    private Session isThere(Session session) {
        there.add(JSON.readValue(session.getString(SIGNED_IN), SignedInView.class));
        return session;
    }

    /** Makes the user one of them, who wants to talk to another one. Without two of them the user goes home. */
    ChainBuilder becomeTwo() {
        return exec(this::two).exitHereIfFailed();
    }

    private Session two(Session session) {
        if (there.size() < 2) {
            return session.markAsFailed();
        }
        int me = ThreadLocalRandom.current().nextInt(there.size());
        int others = 1 + ThreadLocalRandom.current().nextInt(there.size() - 1);
        return session.set(ME, there.get(me)).set(PEER, there.get((me + others) % there.size()));
    }

    static SignedInView me(Session session) {
        return session.get(ME);
    }

    static SignedInView peer(Session session) {
        return session.get(PEER);
    }
}
