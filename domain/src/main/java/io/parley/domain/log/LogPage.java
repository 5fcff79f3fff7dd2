package io.parley.domain.log;

import java.util.List;

/**
 * A part of a compacted log, and the head of the same snapshot.
 *
 * @param changes each item once, at its latest offset, in offset order
 * @param head offset of the last change in the snapshot
 * @param floor offsets up to this one have lost items for good: who resumes from below it starts anew
 */
public record LogPage(List<Change> changes, long head, long floor) {

    /** Where a reader stands who asked for changes up to {@code to}, at most {@code limit} of them. */
    public long next(long to, int limit) {
        return changes.size() < limit
                ? Math.min(to, head)
                : changes.get(changes.size() - 1).entry().offset();
    }
}
