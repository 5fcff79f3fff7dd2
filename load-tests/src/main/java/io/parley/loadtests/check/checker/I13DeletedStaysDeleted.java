package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Verb;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Edits and deletions come to one end: a message is one state at one offset, whoever looks; after its deletion it has no text
 * again; and who reads, or catches up, after the deletion was acknowledged gets no text from before.
 */
final class I13DeletedStaysDeleted implements Invariant {
    private static final List<String> LATE = List.of("kafka", "wipe", "node");
    private static final long LATE_NANOS = 60_000_000_000L;

    @Override
    public String number() {
        return "I13";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        Map<UUID, TreeMap<Long, MessageView>> states = new HashMap<>();
        for (Sighting sighting : past.sightings()) {
            MessageView seen = sighting.message();
            MessageView known =
                    states.computeIfAbsent(seen.id(), id -> new TreeMap<>()).putIfAbsent(seen.offset(), seen);
            if (known != null && !known.equals(seen)) {
                broken.add("two states at one offset: " + known + ", and in " + sighting.where() + " " + seen);
            }
        }
        states.values().forEach(versions -> revived(versions, broken));
        Map<UUID, Deletion> deletions = deletions(past);
        read(past, deletions, broken);
        Replay.of(past, new CatchUps(deletions, delays(past), broken));
        return broken;
    }

    private static void revived(SortedMap<Long, MessageView> versions, List<String> broken) {
        boolean deleted = false;
        for (MessageView version : versions.values()) {
            if (deleted && version.text() != null) {
                broken.add("has a text after its deletion: " + version);
            }
            deleted |= version.deletedAt() != null;
        }
    }

    /** A deletion that was acknowledged: when, and at which offset. */
    private record Deletion(long at, long offset) {}

    private static Map<UUID, Deletion> deletions(Past past) {
        Map<UUID, Deletion> deletions = new HashMap<>();
        past.ops(Verb.DELETE).filter(Op::isOk).forEach(op -> {
            UUID message = op.call().message();
            MessageView tombstone = op.message();
            if (message != null) {
                // What was acknowledged without its state is as deleted; only its offset is not known.
                long offset = tombstone == null ? Long.MAX_VALUE : tombstone.offset();
                deletions.merge(
                        message,
                        new Deletion(op.end(), offset),
                        (one, other) -> new Deletion(Math.min(one.at, other.at), Math.min(one.offset, other.offset)));
            }
        });
        return deletions;
    }

    private static void read(Past past, Map<UUID, Deletion> deletions, List<String> broken) {
        past.ops(Verb.PAGE).filter(Op::isOk).forEach(op -> {
            if (op.ended() != null && op.ended().page() != null) {
                op.ended().page().forEach(message -> {
                    Deletion deletion = deletions.get(message.id());
                    if (message.text() != null && deletion != null && deletion.at < op.begin()) {
                        broken.add("read after its deletion by operation "
                                + op.invoked().op() + ": " + message);
                    }
                });
            }
        });
        past.finalReads().map(Event.NodeRead::messages).flatMap(List::stream).forEach(message -> {
            if (message.text() != null && deletions.containsKey(message.id())) {
                broken.add("still has its text in the end: " + message);
            }
        });
    }

    /** When nodes may have been late to hear of changes: from a fault of the wire or a node on, until some seconds after it. */
    private static List<Delay> delays(Past past) {
        List<Delay> delays = new ArrayList<>();
        past.all(Event.Faulted.class)
                .filter(fault -> LATE.stream().anyMatch(fault.kind()::contains))
                .forEach(fault -> delays.add(new Delay(fault.at() - LATE_NANOS, fault.at() + LATE_NANOS)));
        return delays;
    }

    private record Delay(long from, long to) {
        boolean covers(long at) {
            return at > from && at < to;
        }
    }

    /**
     * What was read for a catch-up just before a deletion may be told just after it. So only deletions count that were
     * acknowledged before the line was opened.
     */
    private record CatchUps(Map<UUID, Deletion> deletions, List<Delay> delays, List<String> broken) implements Watcher {
        @Override
        public void onNext(Heard heard, Holding holding, long offset) {
            if (heard.frame() instanceof ServerFrame.Change change && holding.isCatchingUp()) {
                MessageView message = change.message();
                Deletion deletion = message == null ? null : deletions.get(message.id());
                if (message != null
                        && message.text() != null
                        && deletion != null
                        && deletion.at < heard.line().opened().at()
                        && deletion.offset <= holding.catchUpTo()
                        && delays.stream().noneMatch(delay -> delay.covers(heard.at()))) {
                    broken.add("told in a catch-up that reaches beyond its deletion: " + heard);
                }
            }
        }
    }
}
