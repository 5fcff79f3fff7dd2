package io.parley.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Problem;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.api.SignIn;
import io.parley.app.testing.Accounts;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/** More people sign in at once than passwords can be hashed. */
@ServerTest
class CrowdAtTheDoorIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    /** The queue holds 100, and a hash takes tens of milliseconds on each core. */
    private static final int CROWD = 400;

    private final Node node;

    CrowdAtTheDoorIT(Node node) {
        this.node = node;
    }

    @Test
    void whoDoesNotFitIntoTheQueueIsToldWhenToComeBackAndTheOthersAreServed() {
        ConnectionProvider connections = ConnectionProvider.create("crowd", CROWD);
        WebClient crowd = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(HttpClient.create(connections)))
                .baseUrl("http://127.0.0.1:" + node.port("local.server.port"))
                .build();

        List<Problem> problems = Flux.range(0, CROWD)
                .flatMap(i -> signIn(crowd), CROWD)
                .collectList()
                .block(TIMEOUT);
        connections.disposeLater().block(TIMEOUT);

        assertThat(problems)
                .extracting(Problem::code)
                .containsOnly(ProblemCode.AUTH_BUSY.wireName(), ProblemCode.CREDENTIALS_WRONG.wireName());
        assertThat(problems)
                .filteredOn(problem -> problem.code().equals(ProblemCode.AUTH_BUSY.wireName()))
                .isNotEmpty()
                .allMatch(problem -> problem.status() == 429 && problem.retryAfterMs() == 1_000);
        assertThat(problems)
                .filteredOn(problem -> problem.code().equals(ProblemCode.CREDENTIALS_WRONG.wireName()))
                .hasSizeGreaterThanOrEqualTo(100);
    }

    private static Mono<Problem> signIn(WebClient client) {
        return client.post()
                .uri(Routes.SIGN_IN)
                .bodyValue(new SignIn(Accounts.handle(), Accounts.PASSWORD, null))
                .exchangeToMono(answer -> answer.bodyToMono(Problem.class));
    }
}
