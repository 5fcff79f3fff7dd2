package io.parley.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.EditMessage;
import io.parley.api.MessageView;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import io.parley.api.SignedInView;
import io.parley.embedded.EmbeddedServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/**
 * Five hundred clients that stop reading while a megabyte a second is meant for each: they cost what the documentation
 * says and no more, and miss nothing (architecture, points 6 and 7 of section 8).
 */
@Tag("bound")
@Tag("always-6")
@Tag("always-7")
class StoppedReadersIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration FOR = Duration.ofSeconds(6);
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int READERS = 25;

    /** What one user may have on a node. */
    private static final int EACH = 20;

    private static final int WRITERS = 7;
    private static final int SIDE_BY_SIDE = 16;
    private static final int ANSWERS = 41;

    /** Than without the stopped readers: they are no reason to wait, machines are one to be generous. */
    private static final int SLOWER_AT_MOST = 5;

    /** Of 16 KiB each, as often as one may write: with all writers a megabyte a second. */
    private static final String TEXT = "\uD83D\uDE80".repeat(3_990);

    private static final long PACE_MILLIS = 105;

    /** What a node may hold for one connection: docs/live-protocol.md. */
    private static final int BOUND = 256 * 1024;

    /** Enough for a node, and for little of what is meant for those who do not take it: that would be 4 GB. */
    private static final String[] SMALL = {
        "-Xmx224m", "-XX:MaxDirectMemorySize=160m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC"
    };

    private static EmbeddedServers servers;
    private static ServerNode node;

    @BeforeAll
    static void start() {
        servers = EmbeddedServers.attach();
        Map<String, String> settings = new HashMap<>(servers.settings());
        settings.put("PARLEY_REGISTRATION_BURST", "1000");
        node = ServerNode.start("stopped-readers", settings, SMALL).awaitReady(READY_WITHIN);
    }

    @AfterAll
    static void close() {
        node.close();
        servers.close();
    }

    @Test
    void fiveHundredWhoStopReadingCostACursorEachAndMissNothing() {
        List<SignedInView> writers = people(WRITERS);
        List<SignedInView> readers = people(READERS);
        SignedInView owner = people(1).get(0);
        UUID conversation = node.as(owner)
                .openGroup(
                        "Loud",
                        Stream.of(writers, readers)
                                .flatMap(List::stream)
                                .map(one -> one.user().id())
                                .toList())
                .id();
        LiveSocketClient other = node.live(owner);
        Heard before = writeAll(writers, conversation);
        List<RawLiveSocket> stopped = sideBySide(
                IntStream.range(0, READERS * EACH).boxed().toList(),
                i -> RawLiveSocket.open(node, readers.get(i % READERS).accessToken()));

        Heard during = writeAll(writers, conversation);
        List<MessageView> last = during.last();
        Awaitility.await().atMost(WITHIN).untilAsserted(() -> assertThat(latest(other, conversation))
                .containsAll(last));

        assertThat(node.readiness()).isEqualTo(200);
        assertThat(during.answeredAfter())
                .as("for who has nothing to do with it, in ns")
                .isLessThan(SLOWER_AT_MOST * before.answeredAfter());
        long offset = last.stream().mapToLong(MessageView::offset).max().orElseThrow();
        assertThat(sideBySide(stopped, client -> readOn(client, offset)))
                .hasSize(READERS * EACH)
                .allSatisfy(messages -> assertThat(messages).containsAll(last));
        assertThat(other.replica().violations()).isEmpty();
        stopped.forEach(RawLiveSocket::close);
        other.close();
    }

    private static List<SignedInView> people(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> node.strangers().register("loud"))
                .toList();
    }

    /** The writers write, and somebody else talks to the same node meanwhile. */
    private static Heard writeAll(List<SignedInView> writers, UUID conversation) {
        CompletableFuture<List<MessageView>> last = CompletableFuture.supplyAsync(
                () -> sideBySide(writers, writer -> write(node.as(writer), conversation)));
        pause(FOR.dividedBy(3).toMillis());
        long answeredAfter = answeredAfter();
        return new Heard(last.join(), answeredAfter);
    }

    /** The median, in nanoseconds, of {@value #ANSWERS} answers one after the other. */
    private static long answeredAfter() {
        SignedInView person = people(1).get(0);
        UUID quiet = node.as(person).openGroup("Quiet", List.of()).id();
        try (LiveSocketClient client = node.live(person)) {
            long[] times = IntStream.range(0, ANSWERS)
                    .mapToLong(i -> {
                        long begin = System.nanoTime();
                        client.send(quiet, UUID.randomUUID(), "hello " + i).join();
                        return System.nanoTime() - begin;
                    })
                    .sorted()
                    .toArray();
            return times[ANSWERS / 2];
        }
    }

    /** What was written, and how long others waited meanwhile. */
    private record Heard(List<MessageView> last, long answeredAfter) {}

    /** On threads of its own: who waits for a socket keeps nobody else waiting. */
    private static <T, R> List<R> sideBySide(List<T> all, Function<T, R> action) {
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(all.size(), SIDE_BY_SIDE));
        try {
            return all.stream()
                    .map(one -> CompletableFuture.supplyAsync(() -> action.apply(one), threads))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    /** One message, edited again and again: what is to be told in the end is little. Value: as it is in the end. */
    private static MessageView write(ParleyHttp writer, UUID conversation) {
        MessageView message = writer.send(conversation, TEXT);
        String path = Routes.MESSAGE
                .replace("{id}", conversation.toString())
                .replace("{messageId}", message.id().toString());
        long end = System.nanoTime() + FOR.toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            pause(PACE_MILLIS);
            String answer = writer.ask("PATCH", path, new EditMessage(TEXT + i)).body();
            message = JsonMapper.shared().readValue(answer, MessageView.class);
        }
        return message;
    }

    private static void pause(long millis) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                .join();
    }

    private static List<MessageView> latest(LiveSocketClient client, UUID conversation) {
        return client.replica().messages(conversation);
    }

    /** Reads until it has caught up. Value: the messages, as they were told of last. */
    private static List<MessageView> readOn(RawLiveSocket client, long head) {
        Map<UUID, MessageView> messages = new HashMap<>();
        List<String> behind = new ArrayList<>();
        long reached = 0;
        while (reached < head) {
            long before = client.bytesRead();
            ServerFrame frame = JsonMapper.shared().readValue(client.next(), ServerFrame.class);
            if (frame instanceof ServerFrame.CatchUp && behind.isEmpty()) {
                behind.add("caught up from here");
                assertThat(before).as("what the node held").isLessThan(BOUND + 2 * RawLiveSocket.RECEIVE_BUFFER);
            } else if (frame instanceof ServerFrame.Change change && change.message() != null) {
                messages.put(change.message().id(), change.message());
            } else if (frame instanceof ServerFrame.CaughtUp caughtUp) {
                reached = caughtUp.offset();
            }
        }
        assertThat(behind).as("it was behind").isNotEmpty();
        return List.copyOf(messages.values());
    }
}
