package io.parley.app.rsocket;

import static io.parley.app.testing.Node.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ChangesRequest;
import io.parley.api.ClientFrame;
import io.parley.api.Limits;
import io.parley.api.ProblemCode;
import io.parley.api.ServerFrame;
import io.parley.api.client.ParleyClient;
import io.parley.api.client.ProblemException;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.rsocket.exceptions.RejectedException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.subscriber.TestSubscriber;

/** How much one RSocket connection may have the server keep for it, whichever transport it runs on. */
@ServerTest
abstract class StreamBoundsContract {
    private final Queue<ParleyClient> clients = new ConcurrentLinkedQueue<>();
    private final Node node;
    private final URI server;
    private final Person ann;
    private final UUID here;
    private final ParleyClient client;

    StreamBoundsContract(Node node, URI server) {
        this.node = node;
        this.server = server;
        this.ann = Person.on(node);
        this.here = ann.group();
        this.client = connect();
    }

    private ParleyClient connect() {
        ParleyClient connected = node.client(ann.token(), server);
        clients.add(connected);
        return connected;
    }

    @AfterEach
    void close() {
        clients.forEach(ParleyClient::close);
    }

    @Test
    void aSecondLiveChannelIsRefusedAndTheFirstGoesOn() {
        TestSubscriber<ServerFrame> first = begun(live(client));

        refused(live(client), ProblemCode.STREAM_TOO_MANY);
        ann.say(here, "to the first");

        Awaitility.await().atMost(TIMEOUT).until(() -> first.getReceivedOnNext().stream()
                .anyMatch(frame -> frame instanceof ServerFrame.Change change
                        && change.message() != null
                        && change.message().text().equals("to the first")));
    }

    @Test
    void onAnotherConnectionOrAfterTheFirstThereIsRoomForOne() {
        TestSubscriber<ServerFrame> first = begun(live(client));
        begun(live(connect()));

        first.cancel();

        admittedSoon(() -> live(client));
    }

    @Test
    void moreThanFourFollowedLogsAreRefusedAndTheFourGoOn() {
        List<TestSubscriber<ServerFrame>> four = Stream.generate(() -> begun(follow(client)))
                .limit(Limits.MAX_FOLLOWED)
                .toList();

        refused(follow(client), ProblemCode.STREAM_TOO_MANY);
        begun(live(client));
        assertThat(client.changes(new ChangesRequest(here, null, 0)).blockLast(TIMEOUT))
                .as("what is stored")
                .isInstanceOf(ServerFrame.CaughtUp.class);
        assertThat(four).noneMatch(TestSubscriber::isTerminated);

        four.get(0).cancel();
        admittedSoon(() -> follow(client));
    }

    private static Flux<ServerFrame> live(ParleyClient client) {
        Flux<ClientFrame> frames =
                Flux.just(new ClientFrame.Hello(null, null, null), new ClientFrame.Resume(null, null, Map.of(), true));
        return client.live(frames.concatWith(Flux.never()));
    }

    private Flux<ServerFrame> follow(ParleyClient client) {
        return client.changes(new ChangesRequest(here, null, 0, true));
    }

    private static TestSubscriber<ServerFrame> begun(Flux<ServerFrame> stream) {
        TestSubscriber<ServerFrame> reader = read(stream);
        Awaitility.await().atMost(TIMEOUT).until(() -> !reader.getReceivedOnNext()
                .isEmpty());
        return reader;
    }

    private static TestSubscriber<ServerFrame> read(Flux<ServerFrame> stream) {
        TestSubscriber<ServerFrame> reader = TestSubscriber.create();
        stream.subscribe(reader);
        return reader;
    }

    /** That the one before has left may not have come to the server yet. */
    private static void admittedSoon(Supplier<Flux<ServerFrame>> stream) {
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            TestSubscriber<ServerFrame> reader = read(stream.get());
            Awaitility.await()
                    .atMost(TIMEOUT)
                    .until(() ->
                            reader.isTerminated() || !reader.getReceivedOnNext().isEmpty());
            return !reader.isTerminated();
        });
    }

    private static void refused(Flux<ServerFrame> stream, ProblemCode code) {
        TestSubscriber<ServerFrame> reader = read(stream);
        reader.block(TIMEOUT);
        assertThat(reader.getReceivedOnNext()).isEmpty();
        assertThat(reader.expectTerminalError()).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo(code.wireName());
            assertThat(refused.problem().retryAfterMs()).isPositive();
            assertThat(refused.getCause()).isInstanceOf(RejectedException.class);
        });
    }
}
