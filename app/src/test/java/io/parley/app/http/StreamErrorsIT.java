package io.parley.app.http;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.HistoryRequest;
import io.parley.api.MessageView;
import io.parley.api.ProblemCode;
import io.parley.api.client.ParleyClient;
import io.parley.api.client.ProblemException;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.rsocket.exceptions.RejectedException;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.test.subscriber.TestSubscriber;

/** What a stream can meet beside what a request can. */
@ServerTest
class StreamErrorsIT {
    private static final int MOST_OPEN = 64;

    private final ParleyClient client;
    private final UUID conversation;

    StreamErrorsIT(Node node) {
        Person reader = Person.on(node);
        this.client = node.client(reader.token(), node.tcp());
        this.conversation = reader.group();
        reader.say(conversation, "one");
        reader.say(conversation, "two");
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    @Tag("always-6")
    void aConnectionMayHaveOnlySoManyStreamsOpen() {
        List<TestSubscriber<MessageView>> admitted =
                Stream.generate(this::stalled).limit(MOST_OPEN).toList();

        TestSubscriber<MessageView> oneTooMany = read(1);
        oneTooMany.block(TIMEOUT);

        assertThat(oneTooMany.expectTerminalError()).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(ProblemCode.STREAM_TOO_MANY.wireName());
            assertThat(refused.getCause()).isInstanceOf(RejectedException.class);
        });
        assertThat(admitted).noneMatch(TestSubscriber::isTerminated);
    }

    @Test
    void aStreamThatEndsMakesRoomForAnother() {
        for (int round = 0; round < MOST_OPEN + 1; round++) {
            client.history(request()).blockLast(TIMEOUT);
        }
    }

    private TestSubscriber<MessageView> stalled() {
        TestSubscriber<MessageView> reader = read(1);
        Awaitility.await().atMost(TIMEOUT).until(() -> !reader.getReceivedOnNext()
                .isEmpty());
        return reader;
    }

    private TestSubscriber<MessageView> read(long demand) {
        TestSubscriber<MessageView> reader =
                TestSubscriber.builder().initialRequest(demand).build();
        client.history(request()).subscribe(reader);
        return reader;
    }

    private HistoryRequest request() {
        return new HistoryRequest(conversation, null, 0L, null, null);
    }
}
