package io.parley.infra.postgres;

import io.parley.domain.log.LogEntry;
import java.util.Collection;
import java.util.UUID;

/** Entries of logs as the parallel arrays that statements take. */
final class Entries {
    private Entries() {}

    static UUID[] logs(Collection<LogEntry> entries) {
        return entries.stream().map(entry -> entry.log().value()).toArray(UUID[]::new);
    }

    static Long[] offsets(Collection<LogEntry> entries) {
        return entries.stream().map(LogEntry::offset).toArray(Long[]::new);
    }

    static String[] kinds(Collection<LogEntry> entries) {
        return entries.stream().map(entry -> Column.stored(entry.kind())).toArray(String[]::new);
    }

    static UUID[] items(Collection<LogEntry> entries) {
        return entries.stream().map(LogEntry::item).toArray(UUID[]::new);
    }
}
