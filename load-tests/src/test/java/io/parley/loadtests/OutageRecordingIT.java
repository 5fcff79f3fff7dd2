package io.parley.loadtests;

import io.parley.embedded.EmbeddedServer;
import io.parley.embedded.EmbeddedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * What clients see, second by second, while a server behind the node is away: the tables of {@code docs/live-protocol.md},
 * written to {@code target/outages.md}. Only with {@code -Dparley.record=true}, since it takes minutes.
 */
@Isolated("stops the servers that all others use")
@EnabledIfSystemProperty(named = "parley.record", matches = "true")
class OutageRecordingIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    /** Half of what one user may say in the long run: what an outage held back goes through afterwards. */
    private static final Duration PACE = Duration.ofMillis(200);

    private static final Duration BEFORE = Duration.ofSeconds(5);
    private static final Duration AFTERWARDS = Duration.ofSeconds(15);
    private static final List<String> DOCUMENT = new ArrayList<>();

    private static EmbeddedServers servers;
    private static ServerNode node;

    @BeforeAll
    static void startAll() {
        servers = EmbeddedServers.attach();
        node = Nodes.start("outages", servers.settings()).awaitReady(READY_WITHIN);
    }

    @AfterAll
    static void closeAll() throws IOException {
        Files.write(Path.of("target", "outages.md"), DOCUMENT);
        node.close();
        servers.close();
    }

    @Test
    void kafka() {
        record("Kafka", EmbeddedServer.KAFKA, servers::stop, Duration.ofSeconds(30));
    }

    @Test
    void redis() {
        record("Redis", EmbeddedServer.REDIS, servers::stop, Duration.ofSeconds(30));
    }

    @Test
    void postgres() {
        record("PostgreSQL", EmbeddedServer.POSTGRES, servers::kill, Duration.ofSeconds(10));
    }

    private static void record(String title, EmbeddedServer server, Consumer<EmbeddedServer> end, Duration away) {
        SecondBySecond table = new SecondBySecond();
        ScheduledExecutorService visitors = Executors.newSingleThreadScheduledExecutor();
        try (Conversing people = new Conversing(node, table)) {
            people.talk(PACE);
            visitors.scheduleAtFixedRate(
                    () -> people.visit().thenAccept(table::visited), 500, 1_000, TimeUnit.MILLISECONDS);
            pass(BEFORE);
            table.begin();
            end.accept(server);
            long gone = System.nanoTime();
            pass(away.minus(since(gone)));
            servers.start(server);
            long back = seconds(gone);
            pass(AFTERWARDS);
            int until = (int) seconds(gone);
            List<String> lines = table.lines(until);
            people.finish(READY_WITHIN);
            DOCUMENT.add("%n### %s, back in second %d%n".formatted(title, back));
            DOCUMENT.add("| second | acks | errors | deliveries | slowest, ms | connected |");
            DOCUMENT.add("|---|---|---|---|---|---|");
            DOCUMENT.addAll(lines);
            DOCUMENT.add("%nsaid %d, held %d, violations %s, gaps %d"
                    .formatted(people.said().count(), people.held().size(), people.violations(), people.gaps()));
        } finally {
            visitors.shutdownNow();
            servers.start(server);
        }
    }

    private static Duration since(long moment) {
        return Duration.ofNanos(System.nanoTime() - moment);
    }

    private static long seconds(long moment) {
        return since(moment).toSeconds();
    }

    private static void pass(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, Math.max(0, time.toMillis()), TimeUnit.MILLISECONDS)
                .join();
    }
}
