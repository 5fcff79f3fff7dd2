package io.parley.loadtests.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.loadtests.ForkedJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Everything can still be measured, each thing a little; how much it is, a build does not ask. */
@Isolated("takes what the machine has")
class BenchmarksIT {
    private static final Duration ENDS_WITHIN = Duration.ofMinutes(8);
    private static final Path RESULTS = Path.of("target", "bench", "results.json");

    @Test
    void aQuickRunMeasuresEverything() throws IOException {
        Files.deleteIfExists(RESULTS);

        try (ForkedJvm run = BenchmarkProcess.start("parley.bench.profile=quick")) {
            assertThat(run.awaitExit(ENDS_WITHIN)).as(run.output()).isZero();
        }

        JsonNode rows = JsonMapper.shared().readTree(Files.readString(RESULTS)).get("rows");
        assertThat(rows.valueStream().map(row -> row.get("what").asString()))
                .anyMatch(what -> what.startsWith("CPU per delivery"))
                .anyMatch(what -> what.startsWith("allocation per delivery"))
                .anyMatch(what -> what.startsWith("live heap per idle connection"))
                .anyMatch(what -> what.startsWith("durable messages"))
                .anyMatch(what -> what.startsWith("p99 send to delivered"))
                .anyMatch(what -> what.startsWith("reconnects"))
                .anyMatch(what -> what.startsWith("held for a stopped reader"));
        assertThat(rows.valueStream())
                .allSatisfy(row -> assertThat(row.get("server").valueStream().toList())
                        .isNotEmpty()
                        .allSatisfy(value -> assertThat(value.isNumber()).isTrue()));
    }
}
