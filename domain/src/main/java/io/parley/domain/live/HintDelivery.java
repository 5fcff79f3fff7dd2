package io.parley.domain.live;

import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import org.jspecify.annotations.Nullable;

/** A hint on its way to the followers on one loop: written once for all who take it, and once more for whom it is about. */
final class HintDelivery {
    private final TalkHint hint;
    private final LiveFrames frames;
    private byte @Nullable [] toOthers;
    private byte @Nullable [] toItsUser;

    HintDelivery(TalkHint hint, LiveFrames frames) {
        this.hint = hint;
        this.frames = frames;
    }

    TalkHint hint() {
        return hint;
    }

    /** As this reader gets it. */
    byte[] wire(UserId reader) {
        if (hint.user().equals(reader)) {
            toItsUser = toItsUser == null ? written(true) : toItsUser;
            return toItsUser;
        }
        toOthers = toOthers == null ? written(false) : toOthers;
        return toOthers;
    }

    private byte[] written(boolean own) {
        return hint instanceof Receipt receipt ? frames.receipt(receipt, own) : frames.typing((Typing) hint);
    }
}
