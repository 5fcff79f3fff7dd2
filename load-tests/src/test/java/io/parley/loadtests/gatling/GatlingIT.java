package io.parley.loadtests.gatling;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatling.app.Gatling;
import io.parley.embedded.EmbeddedServers;
import io.parley.loadtests.ForkedJvm;
import io.parley.loadtests.NodePorts;
import io.parley.loadtests.ServerNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The simulations run, and their assertions hold against a node, and fail where there is none. */
@Isolated("judges times of answers")
class GatlingIT {
    private static final Duration READY_WITHIN = Duration.ofSeconds(120);
    private static final Duration ENDS_WITHIN = Duration.ofSeconds(150);
    private static final int PASSED = 0;
    private static final int ASSERTIONS_FAILED = 2;

    private static EmbeddedServers servers;
    private static ServerNode node;

    @BeforeAll
    static void start() {
        servers = EmbeddedServers.attach();
        Map<String, String> settings = new HashMap<>(servers.settings());
        settings.put("PARLEY_REGISTRATION_BURST", "1000");
        settings.put("PARLEY_SIGN_IN_BURST", "1000");
        node = ServerNode.start("gatling", settings, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
                .awaitReady(READY_WITHIN);
    }

    @AfterAll
    static void close() {
        node.close();
        servers.close();
    }

    @Test
    void whatPeopleDoOverHttpIsWithinTheAssertions() {
        Outcome rest = run(RestSimulation.class, node.http());

        assertThat(rest.exit()).as(rest.output()).isEqualTo(PASSED);
        assertThat(rest.assertions()).hasSize(6).allSatisfy(line -> assertThat(line)
                .contains(" : true "));
    }

    @Test
    void whatPeopleDoLiveIsWithinTheAssertions() {
        Outcome live = run(LiveSimulation.class, node.http());

        assertThat(live.exit()).as(live.output()).isEqualTo(PASSED);
        assertThat(live.assertions()).hasSize(5).allSatisfy(line -> assertThat(line)
                .contains(" : true "));
    }

    @Test
    void whereNobodyAnswersTheAssertionsFail() {
        URI nobody = URI.create("http://127.0.0.1:" + NodePorts.free().http());

        Outcome lost = run(LiveSimulation.class, nobody);

        assertThat(lost.exit()).as(lost.output()).isEqualTo(ASSERTIONS_FAILED);
        assertThat(lost.assertions())
                .anyMatch(line -> line.startsWith("Global: count of failed events is 0.0 : false"));
    }

    private static Outcome run(Class<?> simulation, URI url) {
        String name = simulation.getSimpleName() + "-" + url.getPort();
        List<String> flags = List.of(
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dparley.gatling.url=" + url,
                "-Dparley.gatling.users=4",
                "-Dparley.gatling.seconds=2",
                "-Dparley.gatling.messages=2",
                // That the machine is fast is not what is shown here.
                "-Dparley.gatling.p99=30000");
        try (ForkedJvm gatling = ForkedJvm.start(
                Path.of("target", "gatling-smoke", name + ".log"),
                flags,
                Gatling.class.getName(),
                "--simulation",
                simulation.getName(),
                "--results-folder",
                "target/gatling-smoke",
                "--no-reports")) {
            return new Outcome(gatling.awaitExit(ENDS_WITHIN), gatling.output());
        }
    }

    private record Outcome(int exit, String output) {
        List<String> assertions() {
            return output.lines().filter(line -> line.contains(" (actual : ")).toList();
        }
    }
}
