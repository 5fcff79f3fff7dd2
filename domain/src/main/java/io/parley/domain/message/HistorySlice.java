package io.parley.domain.message;

import io.parley.domain.log.Change.MessageChange;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the history, and where it goes on.
 *
 * @param messages by rising seq
 * @param before the page before this one ends below this seq; null where the visible history begins
 * @param after the page after this one begins above this seq; null where the history ends for now
 */
public record HistorySlice(
        List<MessageChange> messages,
        @Nullable Long before,
        @Nullable Long after) {

    /** Cuts the page out of what was read for {@link HistoryPage#wider}: what lies beyond only shows that there is more. */
    static HistorySlice of(HistoryPage page, List<MessageChange> read) {
        long seq = page.seq();
        List<MessageChange> below = read.stream().filter(it -> seqOf(it) < seq).toList();
        List<MessageChange> above = read.stream().filter(it -> seqOf(it) > seq).toList();
        List<MessageChange> fromSeq =
                read.stream().filter(it -> seqOf(it) >= seq).toList();
        return switch (page.anchor()) {
            case BEFORE -> cut(read, last(below, page.limit()), seq, seq - 1);
            case AFTER -> cut(read, first(above, page.limit()), seq + 1, seq);
            case AROUND -> {
                int half = page.limit() / 2;
                List<MessageChange> kept = new ArrayList<>(last(below, half));
                kept.addAll(first(fromSeq, page.limit() - half));
                yield cut(read, kept, seq, seq);
            }
        };
    }

    /** The two seqs are where the page would have begun and ended, had there been anything on it. */
    private static HistorySlice cut(
            List<MessageChange> read, List<MessageChange> kept, long emptyBefore, long emptyAfter) {
        long before = kept.isEmpty() ? emptyBefore : seqOf(kept.get(0));
        long after = kept.isEmpty() ? emptyAfter : seqOf(kept.get(kept.size() - 1));
        return new HistorySlice(
                List.copyOf(kept),
                read.stream().anyMatch(it -> seqOf(it) < before) ? before : null,
                read.stream().anyMatch(it -> seqOf(it) > after) ? after : null);
    }

    private static List<MessageChange> first(List<MessageChange> messages, int count) {
        return messages.subList(0, Math.min(count, messages.size()));
    }

    private static List<MessageChange> last(List<MessageChange> messages, int count) {
        return messages.subList(Math.max(0, messages.size() - count), messages.size());
    }

    private static long seqOf(MessageChange change) {
        return change.message().seq();
    }
}
