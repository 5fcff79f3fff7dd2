package io.parley.loadtests.bench;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How much is measured: the profile {@code full} or {@code quick}, of which system properties {@code parley.bench.*} change
 * single values.
 *
 * @param only names of what is measured; none: everything
 * @param repeats interleaved, of the server and its control
 * @param warmUp before anything is measured, at least
 * @param longestWarmUp how long the compilers are waited for
 * @param connections of the fan-out, one room each
 * @param deliveries of one sample of the fan-out, about
 * @param idle connections in each of three steps
 * @param messages of one sample of the durable rate, about
 * @param step how long one rate of the latency is held
 * @param reconnects of one sample
 * @param stopped readers that stop
 */
public record Plan(
        String profile,
        Set<String> only,
        int repeats,
        Duration warmUp,
        Duration longestWarmUp,
        List<Integer> connections,
        int deliveries,
        int idle,
        int messages,
        Duration step,
        int reconnects,
        int stopped,
        List<String> serverFlags) {

    static final String QUICK = "quick";
    static final String FULL = "full";

    static Plan of(Properties all) {
        String profile = all.getProperty("parley.bench.profile", FULL);
        if (!profile.equals(FULL) && !profile.equals(QUICK)) {
            throw new IllegalArgumentException("parley.bench.profile is quick or full, not " + profile);
        }
        boolean quick = profile.equals(QUICK);
        return new Plan(
                profile,
                new TreeSet<>(words(all, "only", "")),
                number(all, "repeats", quick ? 1 : 5),
                Duration.ofSeconds(number(all, "warmup", quick ? 2 : 20)),
                Duration.ofSeconds(number(all, "warmup.longest", quick ? 2 : 240)),
                words(all, "connections", quick ? "20,60" : "100,1000").stream()
                        .map(Integer::parseInt)
                        .toList(),
                number(all, "deliveries", quick ? 2_000 : 100_000),
                number(all, "idle", quick ? 50 : 500),
                number(all, "messages", quick ? 600 : 20_000),
                Duration.ofSeconds(number(all, "step", quick ? 1 : 8)),
                number(all, "reconnects", quick ? 100 : 2_000),
                number(all, "stopped", quick ? 30 : 500),
                List.of(all.getProperty("parley.bench.server.flags", "-Xms1g -Xmx1g")
                        .split(" ")));
    }

    private static int number(Properties all, String name, int otherwise) {
        return Integer.parseInt(all.getProperty("parley.bench." + name, String.valueOf(otherwise)));
    }

    private static List<String> words(Properties all, String name, String otherwise) {
        return Stream.of(all.getProperty("parley.bench." + name, otherwise).split(","))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** A short run shows that everything can be measured, not how much it is. */
    boolean isJudged() {
        return profile.equals(FULL);
    }

    boolean wants(String name) {
        return only.isEmpty() || only.contains(name);
    }

    /** Connections that are open at once, at most, of the crowd: as many again are open at its servers. */
    int mostConnections() {
        int rooms = connections.stream().mapToInt(Integer::intValue).sum();
        return Math.max(2 * rooms, 3 * idle);
    }
}
