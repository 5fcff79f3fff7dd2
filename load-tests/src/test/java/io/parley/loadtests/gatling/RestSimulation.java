package io.parley.loadtests.gatling;

import static io.gatling.javaapi.core.CoreDsl.details;
import static io.gatling.javaapi.core.CoreDsl.exec;
import static io.gatling.javaapi.core.CoreDsl.global;
import static io.gatling.javaapi.core.CoreDsl.rampUsers;
import static io.gatling.javaapi.core.CoreDsl.repeat;
import static io.gatling.javaapi.core.CoreDsl.scenario;
import static io.gatling.javaapi.http.HttpDsl.http;

import io.gatling.javaapi.core.ScenarioBuilder;
import io.gatling.javaapi.core.Simulation;

/** People register and sign in; then users come, each of whom opens a conversation, talks, pages back and reads. */
public class RestSimulation extends Simulation {
    private final Target target = Target.of(System.getProperties());
    private final People people = new People();

    public RestSimulation() {
        long users = target.users();
        setUp(people.come(target.people())
                        .andThen(talkers().injectOpen(rampUsers(target.users()).during(target.time()))))
                .protocols(http.baseUrl(target.url().toString()).disableWarmUp())
                .assertions(
                        global().failedRequests().count().is(0L),
                        global().responseTime().percentile(99).lt(target.p99Millis()),
                        details(People.SIGN_IN).successfulRequests().count().is((long) target.people()),
                        details(Talk.SEND).successfulRequests().count().is(users * target.messages()),
                        details(Talk.HISTORY).successfulRequests().count().is(users),
                        details(Talk.READ).successfulRequests().count().is(users));
    }

    private ScenarioBuilder talkers() {
        return scenario("talk")
                .exec(people.becomeTwo())
                .exec(Talk.open())
                .exitHereIfFailed()
                .exec(repeat(target.messages()).on(exec(Talk::nextMessage).exec(Talk.send(Talk.SEND, People::me))))
                .exec(Talk.history())
                .exec(Talk.read());
    }
}
