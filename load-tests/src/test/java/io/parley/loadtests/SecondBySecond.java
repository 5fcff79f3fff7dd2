package io.parley.loadtests;

import io.parley.loadtests.Conversing.Notes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What clients saw in each second since a moment, as a table in which seconds that look alike are one line. */
final class SecondBySecond implements Notes {
    /** Of three seconds. */
    private static final int USUAL = 15;

    private final Map<Integer, Second> seconds = new TreeMap<>();
    private long zero = System.nanoTime();

    /** Now is the beginning; what was before is forgotten. */
    synchronized void begin() {
        seconds.clear();
        zero = System.nanoTime();
    }

    @Override
    public synchronized void acknowledged() {
        now().acks++;
    }

    @Override
    public synchronized void failed(String why) {
        now().errors.merge(why, 1, Integer::sum);
    }

    @Override
    public synchronized void delivered(Duration sinceSaid) {
        now().deliveries++;
        now().worst = Math.max(now().worst, sinceSaid.toMillis());
    }

    synchronized void visited(boolean in) {
        now().visits += in ? 1 : 0;
        now().refusals += in ? 0 : 1;
    }

    private Second now() {
        return seconds.computeIfAbsent((int) ((System.nanoTime() - zero) / 1_000_000_000L), second -> new Second());
    }

    /** Lines of a table. */
    synchronized List<String> lines(int until) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < until; ) {
            int to = from;
            while (to + 1 < until && around(to + 1).looksLike(around(from))) {
                to++;
            }
            List<Second> alike = new ArrayList<>();
            for (int i = from; i <= to; i++) {
                alike.add(at(i));
            }
            lines.add(line(from, to, alike));
            from = to + 1;
        }
        return lines;
    }

    /** With the one before and the one after: what comes every two seconds is no change each second. */
    private Second around(int second) {
        Second sum = new Second();
        for (int i = second - 1; i <= second + 1; i++) {
            sum.add(at(i));
        }
        sum.errors.keySet().retainAll(at(second).errors.keySet());
        return sum;
    }

    private Second at(int second) {
        return seconds.getOrDefault(second, new Second());
    }

    private static String line(int from, int to, List<Second> alike) {
        return "| %s | %s | %s | %s | %s | %s |"
                .formatted(
                        from == to ? String.valueOf(from) : from + "–" + to,
                        range(alike.stream().map(second -> second.acks).toList()),
                        alike.get(0).errors.isEmpty() ? "" : errors(alike),
                        range(alike.stream().map(second -> second.deliveries).toList()),
                        alike.stream().mapToLong(second -> second.worst).max().orElse(0),
                        alike.stream().mapToInt(second -> second.visits).sum() + " of "
                                + alike.stream()
                                        .mapToInt(second -> second.visits + second.refusals)
                                        .sum());
    }

    private static String errors(List<Second> alike) {
        Map<String, Integer> all = new TreeMap<>();
        alike.forEach(second -> second.errors.forEach((why, count) -> all.merge(why, count, Integer::sum)));
        return all.entrySet().stream()
                .map(error -> error.getValue() + " × " + error.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String range(List<Integer> counts) {
        int least = counts.stream().mapToInt(count -> count).min().orElse(0);
        int most = counts.stream().mapToInt(count -> count).max().orElse(0);
        return least == most ? String.valueOf(least) : least + "–" + most;
    }

    private static final class Second {
        private final Map<String, Integer> errors = new TreeMap<>();
        private int acks;
        private int deliveries;
        private int visits;
        private int refusals;
        private long worst;

        void add(Second other) {
            other.errors.forEach((why, count) -> errors.merge(why, count, Integer::sum));
            acks += other.acks;
            deliveries += other.deliveries;
            visits += other.visits;
            refusals += other.refusals;
            worst = Math.max(worst, other.worst);
        }

        /** Alike to a reader: as many of everything, more or less. */
        boolean looksLike(Second other) {
            return errors.keySet().equals(other.errors.keySet())
                    && rank(acks) == rank(other.acks)
                    && rank(deliveries) == rank(other.deliveries)
                    && speed(worst) == speed(other.worst)
                    && (refusals > 0) == (other.refusals > 0);
        }

        private static int rank(int count) {
            return count == 0 ? 0 : count <= USUAL * 2 ? 1 : 2;
        }

        private static int speed(long millis) {
            return millis == 0 ? 0 : millis < 250 ? 1 : millis < 1_000 ? 2 : millis <= 6_000 ? 3 : 4;
        }
    }
}
