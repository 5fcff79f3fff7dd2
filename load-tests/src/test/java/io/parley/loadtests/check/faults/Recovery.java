package io.parley.loadtests.check.faults;

import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Outcome;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * How soon all was well again after the faults of one kind, at worst.
 *
 * @param times how often it happened
 * @param acknowledged milliseconds from its end to the next acknowledged send
 * @param lines connections that ended while it lasted, not by their clients
 * @param back milliseconds from the end of such a connection to the next one of that device being ready; what else the
 *     client did meanwhile is in it
 * @param late the same from the end of the fault, if that was later
 */
record Recovery(int times, long acknowledged, int lines, long back, long late) {
    private static final String BY_ITSELF = "cut by its client";
    private static final long NANOS_A_MILLI = 1_000_000;

    /** Of all kinds, by their names. */
    static Map<String, Recovery> of(List<Event> events) {
        Map<String, Recovery> worst = new TreeMap<>();
        Map<String, Long> begun = new HashMap<>();
        TreeSet<Long> acks = acks(events);
        List<Broken> broken = broken(events);
        for (Event event : events) {
            if (event instanceof Event.Faulted fault && !fault.over()) {
                begun.put(fault.kind(), fault.at());
            } else if (event instanceof Event.Faulted fault) {
                long from = begun.getOrDefault(fault.kind(), fault.at());
                worst.merge(fault.kind(), one(from, fault.at(), acks, broken), Recovery::worse);
            }
        }
        return worst;
    }

    private static Recovery one(long from, long over, TreeSet<Long> acks, List<Broken> all) {
        Long ack = acks.higher(over);
        List<Broken> during =
                all.stream().filter(line -> line.at >= from && line.at <= over).toList();
        return new Recovery(
                1,
                ack == null ? Long.MAX_VALUE : (ack - over) / NANOS_A_MILLI,
                during.size(),
                longest(during, line -> line.ready - line.at),
                longest(during, line -> line.ready - Math.max(line.at, over)));
    }

    private static long longest(List<Broken> lines, ToLongFunction<Broken> nanos) {
        return lines.stream()
                        .mapToLong(nanos)
                        .map(time -> Math.max(0, time))
                        .max()
                        .orElse(0)
                / NANOS_A_MILLI;
    }

    private Recovery worse(Recovery other) {
        return new Recovery(
                times + other.times,
                Math.max(acknowledged, other.acknowledged),
                lines + other.lines,
                Math.max(back, other.back),
                Math.max(late, other.late));
    }

    private record Broken(long at, long ready) {}

    private static TreeSet<Long> acks(List<Event> events) {
        Set<Long> sends = new HashSet<>();
        TreeSet<Long> acks = new TreeSet<>();
        for (Event event : events) {
            if (event instanceof Event.Invoked op && op.call().verb() == Verb.SEND) {
                sends.add(op.op());
            } else if (event instanceof Event.Ended end && end.outcome() == Outcome.OK && sends.contains(end.op())) {
                acks.add(end.at());
            }
        }
        return acks;
    }

    /** Connections that ended, and were followed by one that became ready. */
    private static List<Broken> broken(List<Event> events) {
        Map<Long, String> devices = new HashMap<>();
        Map<String, Long> ended = new HashMap<>();
        List<Broken> broken = new ArrayList<>();
        for (Event event : events) {
            if (event instanceof Event.Opened opened) {
                devices.put(
                        opened.line(), opened.by().user() + "/" + opened.by().device());
            } else if (event instanceof Event.Closed closed && !closed.why().equals(BY_ITSELF)) {
                ended.putIfAbsent(devices.get(closed.line()), closed.at());
            } else if (event instanceof Event.Heard heard && heard.frame() instanceof ServerFrame.Ready) {
                Long at = ended.remove(devices.get(heard.line()));
                if (at != null) {
                    broken.add(new Broken(at, heard.at()));
                }
            }
        }
        return broken;
    }
}
