package io.parley.loadtests.check.checker;

import io.parley.api.MemberView;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Published;
import io.parley.loadtests.check.history.StoredLog;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One conversation's log, put together from everything that anybody saw of it. */
final class Chronicle {
    private final NavigableMap<Long, Fact> facts = new TreeMap<>();
    private final Map<UUID, NavigableSet<Long>> items = new HashMap<>();
    private final Map<UUID, Long> seqs = new HashMap<>();

    /** All offsets that are known. */
    NavigableMap<Long, Fact> facts() {
        return facts;
    }

    /** The offsets at which this item changed, as far as they are known. */
    NavigableSet<Long> changesOf(UUID item) {
        return items.getOrDefault(item, new TreeSet<>());
    }

    Map<UUID, NavigableSet<Long>> items() {
        return items;
    }

    /** The seq of a message; 0 of what is none, or was never seen. */
    long seqOf(UUID item) {
        return seqs.getOrDefault(item, 0L);
    }

    /** The last thing that is known to have happened to this item before an offset. */
    @Nullable
    Fact before(UUID item, long offset) {
        Long last = changesOf(item).lower(offset);
        return last == null ? null : facts.get(last);
    }

    void add(long at, ServerFrame.Change change) {
        MessageView message = change.message();
        MemberView member = change.member();
        if (message != null) {
            put(change.offset(), new Fact(at, "message", message.id(), change.reason(), message));
        } else if (member != null) {
            put(change.offset(), new Fact(at, "member", member.user().id(), change.reason(), null));
        } else {
            put(change.offset(), new Fact(at, "conversation", change.logId(), change.reason(), null));
        }
    }

    void add(long at, MessageView message) {
        put(message.offset(), new Fact(at, "message", message.id(), null, message));
    }

    void add(long at, Published record) {
        put(record.offset(), new Fact(at, record.kind(), record.item(), record.reason(), null));
    }

    void add(long at, StoredLog.StoredEntry entry) {
        put(entry.offset(), new Fact(at, entry.kind(), entry.item(), entry.reason(), null));
    }

    private void put(long offset, Fact fact) {
        facts.merge(offset, fact, Fact::with);
        if (fact.message() != null) {
            seqs.put(fact.item(), fact.message().seq());
        }
        items.computeIfAbsent(fact.item(), item -> new TreeSet<>()).add(offset);
    }
}
