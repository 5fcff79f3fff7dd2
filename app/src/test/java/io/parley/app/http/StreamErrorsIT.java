package io.parley.app.http;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.api.Problem;
import io.parley.api.ProblemCode;
import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.parley.domain.live.ChangePublisher;
import io.parley.domain.live.EncodedChange;
import io.rsocket.exceptions.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.messaging.rsocket.RSocketRequester;
import reactor.test.subscriber.TestSubscriber;
import tools.jackson.databind.json.JsonMapper;

/** What a stream can meet beside what a request can. */
@ServerTest
class StreamErrorsIT {
    private static final int MORE_THAN_IS_HELD = 300;
    private static final int MOST_OPEN = 64;

    private final RSocketRequester requester;
    private final ChangePublisher publisher;
    private final JsonMapper json;

    StreamErrorsIT(Node node, ChangePublisher publisher, JsonMapper json) {
        this.requester = node.requester(node.rsocketOverTcp());
        this.publisher = publisher;
        this.json = json;
    }

    @AfterEach
    void close() {
        requester.dispose();
    }

    @Test
    void aFollowerThatTakesNothingIsToldThatItWasTooSlow() {
        TestSubscriber<String> follower = follow(1);
        // Any change will do to learn that the stream is there: from then on nothing is taken.
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            publish();
            return !follower.getReceivedOnNext().isEmpty();
        });

        for (int i = 0; i < MORE_THAN_IS_HELD; i++) {
            publish();
        }
        follower.block(TIMEOUT);

        assertRejected(follower, ProblemCode.STREAM_TOO_SLOW);
    }

    @Test
    void aConnectionMayHaveOnlySoManyStreamsOpen() {
        List<TestSubscriber<String>> admitted =
                Stream.generate(() -> follow(1)).limit(MOST_OPEN).toList();
        TestSubscriber<String> oneTooMany = follow(1);
        oneTooMany.block(TIMEOUT);

        assertRejected(oneTooMany, ProblemCode.STREAM_TOO_MANY);
        assertThat(admitted).noneMatch(TestSubscriber::isTerminated);
    }

    @Test
    void aStreamThatEndsMakesRoomForAnother() {
        for (int round = 0; round < MOST_OPEN + 1; round++) {
            requester
                    .route(Routes.MESSAGES_HISTORY)
                    .data(new HistoryRequest(null, 1))
                    .retrieveFlux(MessageView.class)
                    .blockLast(TIMEOUT);
        }
    }

    private TestSubscriber<String> follow(long demand) {
        TestSubscriber<String> follower =
                TestSubscriber.builder().initialRequest(demand).build();
        requester.route(Routes.MESSAGES_LIVE).retrieveFlux(String.class).subscribe(follower);
        return follower;
    }

    private void publish() {
        publisher.offer(new EncodedChange("of-a-test", 1, "{}".getBytes(StandardCharsets.UTF_8)));
    }

    private void assertRejected(TestSubscriber<String> follower, ProblemCode code) {
        assertThat(follower.expectTerminalError())
                .isInstanceOf(RejectedException.class)
                .satisfies(error -> assertThat(json.readValue(error.getMessage(), Problem.class)
                                .code())
                        .isEqualTo(code.wireName()));
    }
}
