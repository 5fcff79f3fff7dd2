package io.parley.app.http;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.api.PostMessage;
import io.parley.api.Problem;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.rsocket.exceptions.RejectedException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.subscriber.TestSubscriber;
import tools.jackson.databind.json.JsonMapper;

/** What a stream can meet beside what a request can. */
@ServerTest
class StreamErrorsIT {
    private static final int MORE_THAN_IS_HELD = 300;
    private static final int BURST = 50;

    private final Node node;
    private final JsonMapper json;

    StreamErrorsIT(Node node, JsonMapper json) {
        this.node = node;
        this.json = json;
    }

    @Test
    void aFollowerThatTakesNothingIsToldThatItWasTooSlow() {
        RSocketRequester slow = node.requester(node.rsocketOverTcp());

        TestSubscriber<String> follower =
                TestSubscriber.builder().initialRequest(1).build();
        slow.route(Routes.MESSAGES_LIVE).retrieveFlux(String.class).subscribe(follower);
        post(MORE_THAN_IS_HELD);
        follower.request(Long.MAX_VALUE);
        follower.block(TIMEOUT);

        assertThat(follower.expectTerminalError())
                .isInstanceOf(RejectedException.class)
                .satisfies(error -> assertThat(json.readValue(error.getMessage(), Problem.class)
                                .code())
                        .isEqualTo(ProblemCode.STREAM_TOO_SLOW.wireName()));
        assertThat(follower.getReceivedOnNext()).hasSizeLessThan(MORE_THAN_IS_HELD);
        slow.dispose();
    }

    /** Each connection has a burst of its own. */
    private void post(int messages) {
        Flux.range(0, messages / BURST).concatMap(connection -> burst()).then().block(TIMEOUT);
    }

    private Mono<Void> burst() {
        return Mono.usingWhen(
                Mono.fromSupplier(() -> node.requester(node.rsocketOverTcp())),
                requester ->
                        Flux.range(0, BURST).flatMap(i -> post(requester), 10).then(),
                requester -> Mono.fromRunnable(requester::dispose));
    }

    private static Mono<MessageView> post(RSocketRequester requester) {
        return requester
                .route(Routes.MESSAGES_POST)
                .data(new PostMessage(UUID.randomUUID(), "one of many"))
                .retrieveMono(MessageView.class);
    }
}
