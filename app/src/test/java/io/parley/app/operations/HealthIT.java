package io.parley.app.operations;

import static org.awaitility.Awaitility.await;

import io.parley.app.testing.EmbeddedSettings;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import io.parley.embedded.EmbeddedServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ServerTest
class HealthIT {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Node node;

    HealthIT(Node node) {
        this.node = node;
    }

    @Test
    void aNodeThatIsWholeIsAliveAndReady() {
        expect("/health/live", 200, "UP");
        await().atMost(SOON).untilAsserted(() -> expect("/health/ready", 200, "UP"));
    }

    @ParameterizedTest
    @CsvSource({"REDIS, redis", "KAFKA, kafka", "S3, s3"})
    void whatMayBeAwayDegradesTheNodeAndLeavesItReady(EmbeddedServer part, String name) {
        EmbeddedSettings.servers().stop(part);
        try {
            await().atMost(SOON).untilAsserted(() -> expect("/health/ready", 200, "DEGRADED"));
            node.management()
                    .get()
                    .uri("/health/ready")
                    .exchange()
                    .expectBody()
                    .jsonPath("$.components.backends.components." + name + ".status")
                    .isEqualTo("DEGRADED");
            expect("/health/live", 200, "UP");
        } finally {
            EmbeddedSettings.servers().start(part);
        }
        await().atMost(SOON).untilAsserted(() -> expect("/health/ready", 200, "UP"));
    }

    @Test
    void withoutTheStoreTheNodeIsNotReadyAndStillAlive() {
        EmbeddedSettings.servers().stop(EmbeddedServer.POSTGRES);
        try {
            await().atMost(SOON).untilAsserted(() -> expect("/health/ready", 503, "DOWN"));
            expect("/health/live", 200, "UP");
        } finally {
            EmbeddedSettings.servers().start(EmbeddedServer.POSTGRES);
        }
        await().atMost(SOON).untilAsserted(() -> expect("/health/ready", 200, "UP"));
    }

    @Test
    void onlyHealthAndMetricsAreServedThere() {
        for (String path : new String[] {"/env", "/heapdump", "/beans", "/loggers", "/shutdown", "/actuator"}) {
            node.management().get().uri(path).exchange().expectStatus().is4xxClientError();
        }
        node.management().get().uri("/prometheus").exchange().expectStatus().isOk();
        node.http().get().uri("/health/ready").exchange().expectStatus().isNotFound();
        node.http().get().uri("/prometheus").exchange().expectStatus().isNotFound();
    }

    private void expect(String path, int status, String word) {
        node.management()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .expectBody()
                .jsonPath("$.status")
                .isEqualTo(word);
    }
}
