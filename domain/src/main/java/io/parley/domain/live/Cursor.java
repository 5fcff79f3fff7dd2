package io.parley.domain.live;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where one connection stands in one log. Live, it hands on what happens; without room, or behind, it only remembers its
 * offset, and {@link LiveConnection} reads on from there. Confined to the connection's loop.
 */
final class Cursor implements Follower {
    private final LiveConnection connection;
    private final FollowedLog log;
    private final boolean own;

    /** Whether the client gets this log; else it is followed for what it says of the connection. */
    private final boolean told;

    /** Offset of the own log's change, or of the own log's head, that this cursor knows of already. */
    private long asOf;

    /** Head of the log when its user was seen to be in it: what it says of the user's coming and going is old up to there. */
    private long memberAt;

    private long offset;
    private long visibleFromSeq;
    private int members;
    private State state = State.HELD;
    private boolean lost;

    /** Not live yet since it began: its client is told when it has caught up, however that goes. */
    private boolean resumed;

    private boolean inCatchUp;

    /** The user is out, though the client has not been told yet. */
    private boolean out;

    private enum State {
        /** Follows, but does not know yet from where. */
        HELD,
        LIVE,
        LAGGING,
        /** The own log's: its next change removes the user from a conversation, whose own log is to say so first. */
        WAITING,
        ENDED
    }

    Cursor(LiveConnection connection, Hub hub, LogId id) {
        this.connection = connection;
        this.own = id.equals(LogId.of(connection.user()));
        this.told = connection.tells(id);
        this.log = hub.follow(id, this);
        log.lag();
    }

    LogId id() {
        return log.id();
    }

    FollowedLog log() {
        return log;
    }

    long offset() {
        return offset;
    }

    long asOf() {
        return asOf;
    }

    boolean isHeld() {
        return state == State.HELD;
    }

    boolean isLagging() {
        return state == State.LAGGING;
    }

    /** Whether the user is known to be out, also if the client is still to be told. */
    boolean isOut() {
        return out;
    }

    boolean mayType() {
        return !own && !out && state != State.ENDED && members <= Hint.MAX_MEMBERS;
    }

    /** What its user may see of it, as of a change or head of the user's own log. */
    void knows(long asOf, long memberAt, long visibleFromSeq, int members) {
        this.asOf = asOf;
        this.memberAt = memberAt;
        this.visibleFromSeq = visibleFromSeq;
        this.members = members;
    }

    /** Begins at an offset up to which the client holds everything; with {@code lost} it holds nothing. */
    void start(long offset, boolean lost) {
        this.offset = offset;
        this.lost = lost;
        resumed = true;
        state = State.LAGGING;
        proceed();
    }

    /** Goes live if it has come to where the log is; else waits for its turn. */
    private void proceed() {
        if (!lost && offset >= log.position()) {
            goLive();
        } else {
            connection.lags(this);
        }
    }

    private void goLive() {
        if (inCatchUp) {
            inCatchUp = false;
            send(connection.frames().caughtUp(id(), offset));
        }
        resumed = false;
        state = State.LIVE;
        log.lagNoMore();
    }

    private void lag() {
        state = State.LAGGING;
        log.lag();
        connection.lags(this);
    }

    void end(Hub hub) {
        if (state == State.HELD || state == State.LAGGING || state == State.WAITING) {
            log.lagNoMore();
        }
        state = State.ENDED;
        hub.unfollow(id(), this);
    }

    /** Tells the client that it holds nothing of this log; true if that was all there was to do. */
    boolean tellLoss() {
        if (!lost) {
            return false;
        }
        lost = false;
        connection.onLoss();
        offset = Math.max(offset, log.position());
        inCatchUp = false;
        send(connection.frames().gap(id(), offset));
        proceed();
        return true;
    }

    /** The stored log no longer reaches down to this offset. */
    void lose() {
        lost = true;
        proceed();
    }

    /** What it waited for has happened, or does not happen: reads on. */
    void waitNoMore() {
        if (state == State.WAITING) {
            state = State.LAGGING;
            connection.lags(this);
        }
    }

    /** For who is not told of it otherwise; unless it has to catch up first, and that ends with the same. */
    void tellPosition() {
        if (state == State.LIVE) {
            send(connection.frames().caughtUp(id(), offset));
        }
    }

    private void send(byte[] frame) {
        send(() -> connection.frames().of(frame));
    }

    private void send(Supplier<Frame> frame) {
        if (told) {
            connection.send(frame.get());
        }
    }

    private boolean isClear() {
        return !told || connection.isClear();
    }

    @Override
    public void onChange(Delivery delivery) {
        EncodedChange change = delivery.change();
        noticeEnd(change);
        if (state != State.LIVE || change.offset() <= offset) {
            return;
        }
        if (change.offset() != offset + 1 || !isClear()) {
            lag();
            return;
        }
        next(change, delivery::frame);
        if (state == State.WAITING) {
            log.lag();
        }
    }

    private void next(EncodedChange change, Supplier<Frame> frame) {
        if (isToWait(change)) {
            return;
        }
        offset = change.offset();
        if (isVisible(change)) {
            send(frame);
        } else {
            send(connection.frames().skip(id(), offset));
        }
        notice(change);
    }

    private boolean isToWait(EncodedChange change) {
        if (own && connection.isToWait(this, change.entry())) {
            state = State.WAITING;
        }
        return state == State.WAITING;
    }

    @Override
    public void onPiece(long from, long to, List<EncodedChange> changes) {
        changes.forEach(this::noticeEnd);
        if (state != State.LIVE || to <= offset) {
            return;
        }
        if (from != offset || !isClear() || !Stretch.isHandy(changes)) {
            lag();
            return;
        }
        if (isNewMembership(changes)) {
            connection.forget(this);
            return;
        }
        send(connection.frames().catchUp(id(), from, to));
        inCatchUp = true;
        hand(changes);
        if (state == State.WAITING) {
            log.lag();
            return;
        }
        offset = to;
        if (state == State.LIVE) {
            inCatchUp = false;
            send(connection.frames().caughtUp(id(), to));
        }
    }

    @Override
    public void onGap(long to) {
        if (state == State.LIVE && to > offset) {
            lost = true;
            lag();
        }
    }

    @Override
    public void onHint(TalkHint hint) {
        if (!connection.takesHints()) {
            return;
        }
        if (own) {
            connection.pass(hint);
        } else if (hint instanceof Receipt receipt && isBegun()) {
            connection.receipt(receipt);
        } else if (hint instanceof Typing typing
                && state == State.LIVE
                && !typing.user().equals(connection.user())) {
            connection.typing(typing);
        }
    }

    /** Whether the client knows of this log; a receipt is a state of its own, and true of whatever the client holds. */
    private boolean isBegun() {
        return state == State.LIVE || (state == State.LAGGING && !lost && !out);
    }

    /** What was read for this cursor. */
    void onRead(Stretch stretch) {
        if (isNewMembership(stretch.changes())) {
            connection.forget(this);
            return;
        }
        Stretch turn = stretch.turn();
        if (!inCatchUp) {
            inCatchUp = true;
            send(connection.frames().catchUp(id(), offset, Math.max(turn.to(), log.position())));
        }
        hand(turn.changes());
        if (state == State.LAGGING) {
            offset = turn.to();
            proceed();
        }
    }

    /** Every change up to where the log is, as the ring or the cache have them; a removal is the last that counts. */
    void onEvery(List<EncodedChange> changes) {
        List<EncodedChange> every = untilRemoval(changes);
        Stretch stretch = Stretch.of(every);
        boolean asTheyHappened = stretch.changes().size() == every.size();
        if (asTheyHappened && !resumed && !inCatchUp && !isNewMembership(every)) {
            goOn(stretch.turn());
        } else {
            onRead(stretch);
        }
    }

    /** Nothing has been superseded: what it was told late, it is told as if it were live. */
    private void goOn(Stretch turn) {
        for (EncodedChange change : turn.changes()) {
            next(change, () -> connection.frames().of(change.wire()));
            if (state != State.LAGGING) {
                return;
            }
        }
        proceed();
    }

    private List<EncodedChange> untilRemoval(List<EncodedChange> changes) {
        for (int i = 0; i < changes.size(); i++) {
            if (isOwnRemoval(changes.get(i).entry())) {
                return changes.subList(0, i + 1);
            }
        }
        return changes;
    }

    private void hand(List<EncodedChange> changes) {
        for (EncodedChange change : changes) {
            if (change.offset() <= offset || !isVisible(change)) {
                continue;
            }
            if (isToWait(change)) {
                // What it has handed on of this stretch is below: the next one begins there.
                offset = change.offset() - 1;
                return;
            }
            send(change.wire());
            notice(change);
            if (state == State.ENDED) {
                return;
            }
        }
    }

    private boolean isVisible(EncodedChange change) {
        return change.entry().kind() != ItemKind.MESSAGE || change.seq() >= visibleFromSeq;
    }

    /**
     * At once, whatever the client takes: who was signed out, or taken out of this conversation, is not to go on for as long
     * as it takes nothing.
     */
    private void noticeEnd(EncodedChange change) {
        if (own) {
            connection.onSession(change.entry());
        } else if (state == State.LAGGING && isOwnRemoval(change.entry())) {
            out = true;
            connection.hintNoMore(id());
        }
    }

    /** Some changes concern the connection itself. */
    private void notice(EncodedChange change) {
        LogEntry entry = change.entry();
        if (own) {
            connection.onSession(entry);
            connection.onMembership(entry);
        } else if (isOwnRemoval(entry)) {
            connection.unfollow(new ConversationId(id().value()));
        } else if (entry.kind() == ItemKind.MEMBER && entry.offset() > memberAt) {
            count(entry.reason());
            connection.onMember(new UserId(entry.item()));
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
        return isAboutOwn(entry) && entry.reason().goes();
    }

    /**
     * The user was out and is in again, and may not see what was in between. What this cursor knows is no longer true: the
     * user's own log tells of it too, which makes a new one.
     */
    private boolean isNewMembership(List<EncodedChange> changes) {
        return changes.stream()
                .map(EncodedChange::entry)
                .anyMatch(entry -> isAboutOwn(entry) && entry.reason().comes());
    }

    private boolean isAboutOwn(LogEntry entry) {
        return entry.kind() == ItemKind.MEMBER
                && entry.offset() > memberAt
                && entry.item().equals(connection.user().value());
    }
}
