package io.parley.loadtests;

import static io.parley.loadtests.Nodes.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.api.Headers;
import io.parley.api.MessageView;
import io.parley.api.PostMessage;
import io.parley.embedded.EmbeddedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of two nodes, one with links in plain text and one over TLS, from their start to the end of each. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration WITHIN = Duration.ofSeconds(10);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(25);
    private static final int SERVICE_RESTART = 1012;
    private static final String CANARY = "canary-" + UUID.randomUUID();
    private static final Logger log = LoggerFactory.getLogger(NodesIT.class);

    @TempDir
    static Path secrets;

    private static EmbeddedServers servers;
    private static ServerNode plain;
    private static ServerNode secure;

    /** The plain one has its database password from a file, as containers do. */
    @BeforeAll
    static void startBoth() throws IOException {
        servers = EmbeddedServers.attach();
        Map<String, String> settings =
                with(servers.settings(), "PARLEY_SECRETS_FOLDER", secrets.toString(), "PARLEY_LOG_FORMAT", "json");
        String password = settings.remove("PARLEY_POSTGRES_PASSWORD");
        Files.writeString(secrets.resolve("PARLEY_POSTGRES_PASSWORD"), password + "\n");

        long began = System.nanoTime();
        plain = Nodes.start("plain", settings);
        secure = Nodes.start("secure", with(servers.tlsSettings(), "PARLEY_DRAIN_NOTICE", "2s"));
        plain.awaitReady(READY_WITHIN);
        secure.awaitReady(READY_WITHIN);
        log.info("two nodes, started side by side, were ready in {} ms", millisSince(began));
    }

    @AfterAll
    static void closeBoth() {
        plain.close();
        secure.close();
        servers.close();
    }

    @Test
    @Order(1)
    void bothAreLiveAndReadyAndMissNoServer() {
        assertThat(List.of(plain, secure)).allSatisfy(node -> {
            assertThat(node.ask("/health/live").statusCode()).isEqualTo(200);
            HttpResponse<String> ready = node.ask("/health/ready");
            assertThat(ready.statusCode()).isEqualTo(200);
            assertThat(Json.of(ready.body()).get("status")).isEqualTo("UP");
        });
    }

    @Test
    @Order(2)
    void aMessagePostedAtOneIsHeardAtTheOtherAndInItsHistory() {
        try (EventStream atSecure = secure.lobby().live();
                EventStream atPlain = plain.lobby().live()) {
            MessageView fromPlain = plain.lobby().post(CANARY + " from plain");
            MessageView fromSecure = secure.lobby().post(CANARY + " from secure");

            await().atMost(WITHIN).until(() -> hears(atSecure, fromPlain) && hears(atPlain, fromSecure));
            assertThat(secure.lobby().history()).contains(fromPlain, fromSecure);
            assertThat(plain.lobby().history()).contains(fromPlain, fromSecure);
        }
    }

    @Test
    @Order(3)
    void everyLineIsOneJsonObjectAndThatOfARequestHasItsId() {
        HttpResponse<String> answer = plain.lobby().post(new PostMessage(UUID.randomUUID(), CANARY));
        String requestId = answer.headers().firstValue(Headers.REQUEST_ID).orElseThrow();

        await().atMost(WITHIN).until(() -> plain.output().stream()
                .map(Json::of)
                .anyMatch(line -> requestId.equals(line.get("requestId")) && "POST".equals(line.get("method"))));
        assertThat(secure.output()).isNotEmpty().allSatisfy(line -> assertThat(Json.of(line))
                .containsKey("message"));
    }

    @Test
    @Order(4)
    void aKilledNodeLosesNothingThatItAcknowledged() {
        MessageView acknowledged = plain.lobby().post("said with the last breath");
        plain.kill();

        assertThat(plain.awaitExit(WITHIN)).isEqualTo(128 + 9);
        assertThat(secure.lobby().history()).contains(acknowledged);
    }

    @Test
    @Order(5)
    void aTerminatedNodeIsNotReadyAtOnceEndsItsStreamsAndLeavesNothing() throws Exception {
        CompletableFuture<Integer> closed = new CompletableFuture<>();
        EventStream stream = secure.lobby().live();
        WebSocket socket = secure.lobby().socket(new CloseCode(closed)).get(WITHIN.toMillis(), TimeUnit.MILLISECONDS);

        long began = System.nanoTime();
        secure.terminate();
        await().atMost(Duration.ofMillis(1_500)).until(() -> secure.readiness() == 503);
        log.info("not ready {} ms after SIGTERM", millisSince(began));
        assertThat(stream.isOpen())
                .as("a stream stays while balancers are given notice")
                .isTrue();
        assertThat(secure.lobby().post("while draining").text()).isEqualTo("while draining");

        int exitCode = secure.awaitExit(DRAINED_WITHIN);
        log.info("ended with {} in {} ms after SIGTERM", exitCode, millisSince(began));
        assertThat(exitCode).isIn(0, 128 + 15);
        assertThat(closed).succeedsWithin(WITHIN).isEqualTo(SERVICE_RESTART);
        assertThat(socket.isInputClosed()).isTrue();
        await().atMost(WITHIN).until(() -> !stream.isOpen());
        assertThat(secure.processes()).isEmpty();
        assertThat(List.of(
                        secure.ports().http(),
                        secure.ports().rsocket(),
                        secure.ports().management()))
                .noneMatch(NodesIT::isOpen);
    }

    @Test
    @Order(6)
    void neitherMessagesNorSecretsWereEverPrinted() {
        List<String> secrets = servers.settings().entrySet().stream()
                .filter(setting -> setting.getKey().matches(".*(PASSWORD|SECRET_KEY)"))
                .map(Map.Entry::getValue)
                .toList();

        assertThat(secrets).hasSize(5);
        assertThat(List.of(plain, secure)).allSatisfy(node -> assertThat(String.join("\n", node.output()))
                .contains("Starting ParleyApplication")
                .doesNotContain(CANARY)
                .doesNotContain(secrets));
    }

    private static boolean hears(EventStream stream, MessageView message) {
        return stream.lines().stream().anyMatch(line -> line.contains(message.text()));
    }

    private static boolean isOpen(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static long millisSince(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanos);
    }

    /** Says nothing, and notes how it is closed. */
    private record CloseCode(CompletableFuture<Integer> code) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            code.complete(statusCode);
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            code.completeExceptionally(error);
        }
    }
}
