package io.parley.domain.live;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogId;

/**
 * The cursor in its user's own log, which says when the session ends and which conversations are to be followed, whether
 * the client gets this log or not.
 */
final class OwnCursor extends Cursor {
    OwnCursor(LiveConnection connection, Hub hub, LogId id) {
        super(connection, hub, id);
    }

    /** To the client a removal is the end of a conversation, also one that is over. */
    @Override
    boolean isVisible(EncodedChange change) {
        return !following().isOver(change.entry());
    }

    @Override
    void noticeEnd(EncodedChange change) {
        connection().onSession(change.entry());
    }

    /** A removal which the conversation's own log is to tell of first. */
    @Override
    boolean isToWait(EncodedChange change) {
        return following().isToWait(this, change.entry());
    }

    @Override
    void notice(EncodedChange change) {
        connection().onSession(change.entry());
        if (change.entry().kind() == ItemKind.MEMBERSHIP) {
            connection().onMembership(change.entry());
        }
    }

    /** Nobody knows any more what the connection is to follow, nor whether its session goes on: its client begins anew. */
    @Override
    void onLost() {
        connection().fail(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null));
    }

    @Override
    public void onHint(HintDelivery hint) {
        if (connection().takesHints()) {
            following().pass(hint);
        }
    }
}
