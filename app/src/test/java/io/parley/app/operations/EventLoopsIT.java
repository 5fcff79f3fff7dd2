package io.parley.app.operations;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Routes;
import io.parley.api.UserView;
import io.parley.app.testing.Accounts;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.parley.app.testing.ThreadNames;
import io.rsocket.transport.ClientTransport;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;

@ServerTest
class EventLoopsIT {
    /** Without the selector that only accepts connections. */
    private static final String LOOP = "parley-(epoll|kqueue|nio)-[0-9]+";

    private final Node node;
    private final ThreadNames threads;

    EventLoopsIT(Node node, ThreadNames threads) {
        this.node = node;
        this.threads = threads;
    }

    @Test
    void everyPortIsServedByOneGroupOfEventLoops() {
        node.http().get().uri(Routes.KEYS).exchange().expectStatus().isOk();
        node.management().get().uri("/health/live").exchange().expectStatus().isOk();

        assertThat(List.of(threads.of(Routes.KEYS), threads.of("/health/live")))
                .allSatisfy(name -> assertThat(name).matches(LOOP));
    }

    @Test
    void thereAreAsManyLoopsAsCores() {
        for (ClientTransport transport : List.of(node.rsocketOverTcp(), node.rsocketOverWebSocket())) {
            RSocketRequester requester =
                    node.requester(new Accounts(node).register().accessToken(), transport);
            requester.route(Routes.USERS_ME).retrieveMono(UserView.class).block(TIMEOUT);
            requester.dispose();
        }

        assertThat(loops())
                .isNotEmpty()
                .hasSizeLessThanOrEqualTo(Runtime.getRuntime().availableProcessors());
    }

    private static Set<String> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches(LOOP))
                .collect(Collectors.toSet());
    }
}
