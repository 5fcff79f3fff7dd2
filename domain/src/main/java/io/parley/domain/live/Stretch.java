package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What is known of a log up to an offset: of each item its last change there, by rising offset. An item that has changed
 * once more is not told as it was before: that state may be one that nobody is to see any more.
 */
record Stretch(List<EncodedChange> changes, long to) {
    static final int TURN = 32;
    static final int TURN_BYTES = 64 * 1024;
    /** With the frames before and after them, 256. */
    static final int HANDY = 254;

    static final int HANDY_BYTES = 64 * 1024;

    /** Of every single change up to the last of these. */
    static Stretch of(List<EncodedChange> every) {
        Set<Item> later = new HashSet<>();
        Deque<EncodedChange> latest = new ArrayDeque<>();
        for (int i = every.size() - 1; i >= 0; i--) {
            EncodedChange change = every.get(i);
            if (later.add(new Item(change.entry().kind(), change.entry().item()))) {
                latest.addFirst(change);
            }
        }
        return new Stretch(List.copyOf(latest), every.get(every.size() - 1).offset());
    }

    /** The same with nothing in it but this. */
    Stretch only(LogEntry entry) {
        return new Stretch(
                changes.stream().filter(change -> change.entry().equals(entry)).toList(), to);
    }

    /** Whether these may be handed on at once, since all followers get the same: else each would have to read them. */
    static boolean isHandy(List<EncodedChange> changes) {
        return changes.size() <= HANDY
                && changes.stream().mapToInt(change -> change.wire().length).sum() <= HANDY_BYTES;
    }

    /** As much of its beginning as is handed on at once; at least one change, so that there is progress. */
    Stretch turn() {
        List<EncodedChange> first = new ArrayList<>();
        int bytes = 0;
        for (EncodedChange change : changes) {
            bytes += change.wire().length;
            if (first.size() == TURN || (bytes > TURN_BYTES && !first.isEmpty())) {
                return new Stretch(first, first.get(first.size() - 1).offset());
            }
            first.add(change);
        }
        return this;
    }

    private record Item(ItemKind kind, UUID id) {}
}
