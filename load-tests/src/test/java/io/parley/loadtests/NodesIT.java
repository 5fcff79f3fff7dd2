package io.parley.loadtests;

import static io.parley.loadtests.Nodes.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.parley.api.Headers;
import io.parley.api.MessageView;
import io.parley.api.ProblemCode;
import io.parley.api.SignedInView;
import io.parley.embedded.EmbeddedServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of two nodes, one with links in plain text and one over TLS, from their start to the end of each. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
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
    private static SignedInView ada;
    private static UUID conversation;

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
    void aMessageSentAtOneIsHeardAtTheOtherAndInItsHistory() {
        ada = plain.strangers().register("ada");
        conversation = plain.as(ada).openGroup("both nodes", List.of()).id();
        try (LiveSocketClient atSecure = secure.live(ada);
                LiveSocketClient atPlain = plain.live(ada)) {
            MessageView fromPlain = plain.as(ada).send(conversation, CANARY + " from plain");
            MessageView fromSecure = secure.as(ada).send(conversation, CANARY + " from secure");

            await().atMost(WITHIN).untilAsserted(() -> {
                assertThat(atSecure.replica().messages(conversation)).containsExactly(fromPlain, fromSecure);
                assertThat(atPlain.replica().messages(conversation)).containsExactly(fromPlain, fromSecure);
            });
            assertThat(atSecure.replica().violations()).isEmpty();
            assertThat(atPlain.replica().violations()).isEmpty();
            assertThat(secure.as(ada).history(conversation)).containsExactly(fromPlain, fromSecure);
            assertThat(plain.as(ada).history(conversation)).containsExactly(fromPlain, fromSecure);
        }
    }

    @Test
    @Order(3)
    void everyLineIsOneJsonObjectAndThatOfARequestHasItsId() {
        HttpResponse<String> answer = plain.as(ada).answerTo(conversation, UUID.randomUUID(), CANARY);
        String requestId = answer.headers().firstValue(Headers.REQUEST_ID).orElseThrow();

        await().atMost(WITHIN).until(() -> plain.output().stream()
                .map(Json::of)
                .anyMatch(line -> requestId.equals(line.get("requestId")) && "POST".equals(line.get("method"))));
        assertThat(secure.output()).isNotEmpty().allSatisfy(line -> assertThat(Json.of(line))
                .containsKey("message"));
    }

    @Test
    @Tag("always-1")
    @Order(4)
    void aKilledNodeLosesNothingThatItAcknowledged() {
        MessageView acknowledged = plain.as(ada).send(conversation, "said with the last breath");
        plain.kill();

        assertThat(plain.awaitExit(WITHIN)).isEqualTo(128 + 9);
        assertThat(secure.as(ada).history(conversation)).contains(acknowledged);
    }

    @Test
    @Tag("always-9")
    @Order(5)
    void aTerminatedNodeIsNotReadyAtOnceEndsItsStreamsAndLeavesNothing() {
        LiveSocketClient live = secure.live(ada);

        long began = System.nanoTime();
        secure.terminate();
        await().atMost(Duration.ofMillis(1_500)).until(() -> secure.readiness() == 503);
        log.info("not ready {} ms after SIGTERM", millisSince(began));
        MessageView sent = secure.as(ada).send(conversation, "while draining");
        await("a stream goes on while balancers are given notice")
                .atMost(WITHIN)
                .until(() -> live.replica().messages(conversation).contains(sent));

        int exitCode = secure.awaitExit(DRAINED_WITHIN);
        log.info("ended with {} in {} ms after SIGTERM", exitCode, millisSince(began));
        assertThat(exitCode).isIn(0, 128 + 15);
        assertThat(live.closed()).succeedsWithin(WITHIN).isEqualTo(SERVICE_RESTART);
        assertThat(live.goAway()).succeedsWithin(WITHIN).satisfies(goAway -> {
            assertThat(goAway.reason()).isEqualTo(ProblemCode.NODE_STOPPING.wireName());
            assertThat(goAway.reconnectAfterMs()).isNotNull();
        });
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
}
