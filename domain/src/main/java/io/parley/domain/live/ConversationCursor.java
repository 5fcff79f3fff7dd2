package io.parley.domain.live;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.user.UserId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A cursor in a conversation, and what its user may see there. A connection has up to 10,000 of them: 64 bytes each.
 */
final class ConversationCursor extends Cursor {
    private static final long ALL = 0;

    /** Offset of the own log's change, or of the own log's head, that this cursor knows of already. */
    private long asOf;

    /** Head of the log when its user was seen to be in it: what it says of the user's coming and going is old up to there. */
    private long memberAt;

    /** {@link #ALL} if whoever comes in sees what was said before, however often. */
    private long visibleFromSeq = Long.MAX_VALUE;

    private int members = Integer.MAX_VALUE;

    /** The user is out, though the client has not been told yet. */
    private boolean out;

    ConversationCursor(LiveConnection connection, Hub hub, LogId id) {
        super(connection, hub, id);
    }

    ConversationId conversation() {
        return new ConversationId(id().value());
    }

    long asOf() {
        return asOf;
    }

    /** Whether the user is known to be out, also if the client is still to be told. */
    boolean isOut() {
        return out;
    }

    boolean mayType() {
        return !out && !isEnded() && members <= Hint.MAX_MEMBERS;
    }

    /** What its user may see of it, as of a change or head of the user's own log. */
    void knows(long asOf, MyConversation mine) {
        this.asOf = asOf;
        memberAt = mine.head();
        visibleFromSeq = mine.conversation().history() == History.ALL ? ALL : mine.visibleFromSeq();
        members = mine.memberCount();
        out = false;
    }

    /** It may no longer be true what it knows of its user's membership, as of that change of the own log: stands still. */
    void doubt(long asOf) {
        this.asOf = asOf;
        hold();
    }

    /** Whether the client of who sees this may go on where it stands. */
    boolean mayGoOn(MyConversation mine) {
        return hasBegun() && mine.goesOnFrom(offset());
    }

    /** An own removal that is over is nobody's business: to the client a removal is the end of a conversation. */
    @Override
    boolean isVisible(EncodedChange change) {
        LogEntry entry = change.entry();
        return entry.kind() == ItemKind.MESSAGE
                ? change.seq() >= visibleFromSeq
                : entry.offset() > memberAt || !entry.reason().goes() || !OwnNews.isAbout(user(), entry);
    }

    /** If the user was out and is in again in the meantime, a piece that ends before does not tell. */
    @Override
    boolean isCertain(Piece piece) {
        return piece.isWhole() || visibleFromSeq == ALL;
    }

    @Override
    boolean isJoined(long joinedAt) {
        if (joinedAt > memberAt) {
            doubt();
        }
        return joinedAt <= memberAt;
    }

    /**
     * Of a conversation that its user is no longer in, nothing but that is told; and whoever may have been out, and in
     * again, is not told anything before it is known from where on.
     */
    @Override
    @Nullable
    Stretch ofCompacted(Stretch stretch) {
        LogEntry own = OwnNews.last(user(), stretch.changes(), memberAt);
        if (own == null) {
            return stretch;
        }
        if (own.reason().goes()) {
            return stretch.only(own);
        }
        doubt();
        return null;
    }

    /** A removal is the last that counts. */
    @Override
    @Nullable
    List<EncodedChange> ofEvery(List<EncodedChange> every) {
        List<EncodedChange> some = OwnNews.untilRemoval(user(), every, memberAt);
        if (OwnNews.isComing(user(), some, memberAt)) {
            doubt();
            return null;
        }
        return some;
    }

    private void doubt() {
        following().doubt(this, asOf);
    }

    @Override
    void onLost() {
        doubt();
    }

    @Override
    void noticeEnd(EncodedChange change) {
        if (isLagging() && isOwnRemoval(change.entry())) {
            out = true;
            connection().hintNoMore(id());
        }
    }

    @Override
    void notice(EncodedChange change) {
        LogEntry entry = change.entry();
        if (isOwnRemoval(entry)) {
            following().unfollow(conversation());
        } else if (entry.kind() == ItemKind.MEMBER && entry.offset() > memberAt) {
            count(entry.reason());
            connection().onMember(new UserId(entry.item()));
        }
    }

    private void count(Reason reason) {
        if (reason.comes()) {
            members++;
        } else if (reason.goes()) {
            members--;
        }
    }

    private boolean isOwnRemoval(LogEntry entry) {
        return OwnNews.isRemoval(user(), entry, memberAt);
    }

    private UserId user() {
        return connection().user();
    }

    @Override
    public void onHint(HintDelivery delivery) {
        TalkHint hint = delivery.hint();
        if (!connection().takesHints()) {
            return;
        }
        if (hint instanceof Receipt) {
            if (isKnown()) {
                connection().receipt(delivery);
            }
        } else if (isLive() && !hint.user().equals(user())) {
            connection().ephemeral(delivery);
        }
    }

    /** Whether the client knows of this log; a receipt is a state of its own, and true of whatever the client holds. */
    private boolean isKnown() {
        return isLive() || (isLagging() && !isLost() && !out);
    }
}
