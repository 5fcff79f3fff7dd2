package io.parley.loadtests;

import java.time.Duration;
import java.util.List;

/**
 * How a node ended that did not start.
 *
 * @param faults the lines between the first and the last of the report
 * @param output everything it printed
 */
record Refusal(int exitCode, List<String> faults, List<String> output) {
    private static final Duration WITHIN = Duration.ofSeconds(120);
    private static final String FIRST = "Parley does not start:";
    private static final String LAST = "Every variable is explained in docs/configuration.md.";

    static Refusal of(ServerNode node) {
        int exitCode = node.awaitExit(WITHIN);
        List<String> output = node.output();
        List<String> faults = output.stream()
                .dropWhile(line -> !line.equals(FIRST))
                .skip(1)
                .takeWhile(line -> !line.equals(LAST))
                .map(String::strip)
                .toList();
        return new Refusal(exitCode, faults, output);
    }

    /** Whether anything that it printed is part of a stack trace, as text or within JSON. */
    boolean hasStackTrace() {
        return output.stream()
                .anyMatch(line -> line.matches("\\s+at .*|Caused by:.*") || line.contains("\"stack_trace\""));
    }

    boolean mentions(String text) {
        return output.stream().anyMatch(line -> line.contains(text));
    }
}
