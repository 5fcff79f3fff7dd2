package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import java.util.List;

/**
 * A part of a compacted log, as all followers get it.
 *
 * @param to everything up to here is in it
 * @param head offset of the last change in the snapshot
 * @param floor offsets up to this one have lost items for good
 */
record Piece(long to, long head, long floor, List<EncodedChange> changes) {

    /** Whether it reaches the end of its snapshot: what superseded an offset of it is in it too. */
    boolean isWhole() {
        return to >= head;
    }

    Piece after(long position) {
        return new Piece(
                to,
                head,
                floor,
                changes.stream().filter(change -> change.offset() > position).toList());
    }
}
