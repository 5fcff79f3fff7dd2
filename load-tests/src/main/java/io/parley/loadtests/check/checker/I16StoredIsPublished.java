package io.parley.loadtests.check.checker;

import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.Published;
import io.parley.loadtests.check.history.StoredLog;
import io.parley.loadtests.check.history.StoredLog.StoredEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * In the end nothing waits to be published; Kafka has nothing that is not stored, and of each item that is stored the latest
 * change. Not of what may have been in Kafka before its data were deleted.
 */
final class I16StoredIsPublished implements Invariant {
    @Override
    public String number() {
        return "I16";
    }

    @Override
    public List<String> broken(Past past) {
        List<String> broken = new ArrayList<>();
        List<Event.StoreRead> reads = past.all(Event.StoreRead.class).toList();
        if (reads.isEmpty() || past.all(Event.WireRead.class).findAny().isEmpty()) {
            broken.add("nobody looked into the store and into Kafka in the end");
        }
        reads.stream()
                .filter(read -> read.outbox() > 0)
                .forEach(read -> broken.add(read.outbox() + " changes wait to be published"));
        Map<UUID, Map<Long, UUID>> published = new HashMap<>();
        past.published().forEach(record -> published
                .computeIfAbsent(record.log(), log -> new HashMap<>())
                .put(record.offset(), record.item()));
        reads.stream().flatMap(read -> read.logs().stream()).forEach(log -> {
            known(past, log, broken);
            all(past, log, published.getOrDefault(log.id(), Map.of()), broken);
        });
        return broken;
    }

    private static void known(Past past, StoredLog log, List<String> broken) {
        Set<UUID> items = new HashSet<>();
        log.entries().forEach(entry -> items.add(entry.item()));
        past.published()
                .filter(record -> record.log().equals(log.id()))
                .filter(record -> !items.contains(record.item()) || record.offset() > log.head())
                .map(Published::toString)
                .forEach(record -> broken.add("is in Kafka and nowhere else: " + record));
    }

    private static void all(Past past, StoredLog log, Map<Long, UUID> published, List<String> broken) {
        long wiped = past.all(Event.Faulted.class)
                .filter(fault -> fault.kind().equals("wipe") && fault.target().equals("kafka"))
                .mapToLong(Event.Faulted::at)
                .max()
                .orElse(-1);
        long wipedUpTo = past.chronicle(log.id()).facts().entrySet().stream()
                .filter(fact -> fact.getValue().at() <= wiped)
                .mapToLong(Map.Entry::getKey)
                .max()
                .orElse(0);
        for (StoredEntry entry : log.entries()) {
            if (entry.offset() > wipedUpTo && !entry.item().equals(published.get(entry.offset()))) {
                broken.add("is not in Kafka: " + entry + " of " + log.id());
            }
        }
    }
}
