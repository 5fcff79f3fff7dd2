package io.parley.loadtests.check.faults;

import io.parley.loadtests.check.checker.Violation;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a run was, in numbers, and what was wrong with it. */
public record Report(
        String name,
        long seed,
        Map<Verb, Map<Outcome, Long>> operations,
        Map<String, Recovery> faults,
        long frames,
        long connections,
        double seconds,
        List<Violation> violations) {

    static Report of(String name, long seed, List<Event> events, List<Violation> violations) {
        Map<Long, Outcome> ends = all(events, Event.Ended.class)
                .collect(Collectors.toMap(Event.Ended::op, Event.Ended::outcome, (one, other) -> one));
        Map<Verb, Map<Outcome, Long>> operations = all(events, Event.Invoked.class)
                .collect(Collectors.groupingBy(
                        op -> op.call().verb(),
                        TreeMap::new,
                        Collectors.groupingBy(
                                op -> ends.getOrDefault(op.op(), Outcome.UNKNOWN),
                                TreeMap::new,
                                Collectors.counting())));
        return new Report(
                name,
                seed,
                operations,
                Recovery.of(events),
                all(events, Event.Heard.class).count(),
                all(events, Event.Opened.class).count(),
                events.get(events.size() - 1).at() / 1e9,
                violations);
    }

    private static <E extends Event> Stream<E> all(List<Event> events, Class<E> type) {
        return events.stream().filter(type::isInstance).map((Function<Event, E>) type::cast);
    }

    long operations(Outcome outcome) {
        return operations.values().stream()
                .mapToLong(outcomes -> outcomes.getOrDefault(outcome, 0L))
                .sum();
    }

    public List<String> broken() {
        return violations.stream().map(Violation::invariant).distinct().toList();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("# " + name + ", seed " + seed + "\n\n");
        text.append("%.0f s, %d frames over %d connections.%n%n".formatted(seconds, frames, connections));
        text.append("| Operation | ok | fail | unknown |\n|---|---|---|---|\n");
        operations.forEach((verb, outcomes) -> text.append("| %s | %d | %d | %d |%n"
                .formatted(
                        verb,
                        outcomes.getOrDefault(Outcome.OK, 0L),
                        outcomes.getOrDefault(Outcome.FAIL, 0L),
                        outcomes.getOrDefault(Outcome.UNKNOWN, 0L))));
        if (!faults.isEmpty()) {
            text.append(
                    "\n| Fault | times | ms to the next ack | lines that ended | ms until back | ms after the fault |\n|---|---|---|---|---|---|\n");
        }
        faults.forEach((kind, recovery) -> text.append("| %s | %d | %d | %d | %d | %d |%n"
                .formatted(
                        kind,
                        recovery.times(),
                        recovery.acknowledged(),
                        recovery.lines(),
                        recovery.back(),
                        recovery.late())));
        text.append('\n');
        text.append(violations.size()).append(" violations\n");
        violations.stream()
                .limit(100)
                .forEach(violation -> text.append("- ").append(violation).append('\n'));
        return text.toString();
    }
}
