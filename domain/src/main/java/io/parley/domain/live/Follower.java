package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.presence.TalkHint;
import java.util.List;

/** Who follows one log on one loop; called there, and free to stop following meanwhile. */
interface Follower {

    /** The next change of the log. */
    void onChange(Delivery delivery);

    /** What is left of the changes with {@code from < offset <= to}: offsets between them have been superseded. */
    void onPiece(long from, long to, List<EncodedChange> changes);

    /** The changes up to {@code to} are gone for good. */
    void onGap(long to);

    void onHint(TalkHint hint);
}
