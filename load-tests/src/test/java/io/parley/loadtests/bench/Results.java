package io.parley.loadtests.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a run has found so far, as a table and as JSON; written after each part, so that a run that breaks leaves it. */
final class Results {
    private final Map<String, Object> conditions = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private final Path folder;
    private final Plan plan;

    Results(Path folder, Plan plan) {
        this.folder = folder;
        this.plan = plan;
        conditions.put("began", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.put("plan", plan);
        conditions.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        conditions.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        conditions.put("processors", Runtime.getRuntime().availableProcessors());
        conditions.put("loadAverageBefore", load());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    void add(List<Row> more) {
        rows.addAll(more);
        write();
    }

    private void write() {
        conditions.put("ended", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        conditions.put("loadAverageAfter", load());
        JsonMapper json =
                JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("conditions", conditions);
        all.put("rows", rows.stream().map(Results::fields).toList());
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve("results.json"), json.writeValueAsString(all));
            Files.writeString(folder.resolve("results.md"), markdown());
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static Map<String, Object> fields(Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", row.what());
        fields.put("unit", row.unit());
        fields.put("server", row.server().values());
        fields.put("control", row.control() == null ? null : row.control().values());
        fields.put("ratio", row.control() == null ? null : row.ratio().median());
        fields.put("target", row.target());
        fields.put("met", row.met());
        return fields;
    }

    String line(Row row) {
        return row.markdown(plan.isJudged());
    }

    String markdown() {
        String head = conditions.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "));
        return "<!-- " + head + " -->\n"
                + "| What | Server: median (least–most) | Control | Ratio | Target | |\n|---|---|---|---|---|---|\n"
                + rows.stream().map(this::line).collect(Collectors.joining("\n")) + "\n";
    }
}
