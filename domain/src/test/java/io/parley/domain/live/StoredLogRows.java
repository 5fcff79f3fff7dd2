package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** One log as the store keeps it: a row for each item, at its latest change. */
final class StoredLogRows {
    private final Map<UUID, EncodedChange> rows = new HashMap<>();
    private final LogId id;
    private long head;
    private long floor;

    StoredLogRows(LogId id) {
        this.id = id;
    }

    LogId id() {
        return id;
    }

    long head() {
        return head;
    }

    long floor() {
        return floor;
    }

    EncodedChange append(ItemKind kind, UUID item, Reason reason, long seq) {
        head++;
        EncodedChange change = StoredTalks.encoded(new LogEntry(id, head, kind, item, reason), seq);
        rows.put(item, change);
        return change;
    }

    /** What is below is gone for good. */
    void raiseFloor(long offset) {
        floor = Math.max(floor, offset);
        rows.values().removeIf(change -> change.offset() <= floor);
    }

    /** By rising offset. */
    List<EncodedChange> between(long after, long to) {
        List<EncodedChange> found = new ArrayList<>(rows.values());
        found.removeIf(change -> change.offset() <= after || change.offset() > to);
        found.sort((one, other) -> Long.compare(one.offset(), other.offset()));
        return found;
    }

    /** Offsets of the latest changes after an offset. */
    Map<UUID, Long> since(long offset) {
        return rows.entrySet().stream()
                .filter(row -> row.getValue().offset() > offset)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, row -> row.getValue().offset()));
    }
}
