package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogReader;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where one connection stands in one log. Live, it hands on what happens; without room, or behind, it only remembers its
 * offset, and {@link CatchUp} reads on from there. Confined to the connection's loop.
 */
abstract sealed class Cursor implements Follower permits ConversationCursor, OwnCursor {
    private static final long NOWHERE = -1;

    private final LiveConnection connection;
    private final FollowedLog log;

    private long offset = NOWHERE;
    private State state = State.HELD;
    private boolean lost;

    /** Not live yet since it began: its client is told when it has caught up, however that goes. */
    private boolean resumed;

    private boolean inCatchUp;

    private enum State {
        /** Follows, but does not know yet from where, or what its user may see. */
        HELD,
        LIVE,
        LAGGING,
        /** Its next change is to be told once something else has been. */
        WAITING,
        ENDED
    }

    @SuppressWarnings("this-escape") // whoever is told calls nothing before the loop's next task
    Cursor(LiveConnection connection, Hub hub, LogId id) {
        this.connection = connection;
        this.log = hub.follow(id, this);
        log.lag();
    }

    /** Whether its client gets this change, or only hears that there was one. */
    abstract boolean isVisible(EncodedChange change);

    /** At once, whatever the client takes: what the change ends is not to go on for as long as it takes nothing. */
    abstract void noticeEnd(EncodedChange change);

    /** The client has been told: some changes concern the connection itself. */
    abstract void notice(EncodedChange change);

    /** What was lost may have told what its user may see. */
    abstract void onLost();

    /** Whether something else is to be told before this change. */
    boolean isToWait(EncodedChange change) {
        return false;
    }

    /** Whether what is in this piece may be handed on without knowing what follows it. */
    boolean isCertain(Piece piece) {
        return true;
    }

    /** Whether its user came in no later than is known; else that is in doubt now. */
    boolean isJoined(long joinedAt) {
        return true;
    }

    /** What may be handed on of a part of the compacted log; null if that is in doubt now. */
    @Nullable
    Stretch ofCompacted(Stretch stretch) {
        return stretch;
    }

    /** What may be handed on of every change that there was; null if that is in doubt now. */
    @Nullable
    List<EncodedChange> ofEvery(List<EncodedChange> every) {
        return every;
    }

    final LogId id() {
        return log.id();
    }

    final FollowedLog log() {
        return log;
    }

    final LiveConnection connection() {
        return connection;
    }

    final Following following() {
        return connection.following();
    }

    final long offset() {
        return offset;
    }

    final boolean isHeld() {
        return state == State.HELD;
    }

    final boolean isLive() {
        return state == State.LIVE;
    }

    final boolean isLagging() {
        return state == State.LAGGING;
    }

    final boolean isEnded() {
        return state == State.ENDED;
    }

    final boolean isLost() {
        return lost;
    }

    /** Whether it has been somewhere, and its client holds everything up to there. */
    final boolean hasBegun() {
        return offset != NOWHERE && !lost;
    }

    /** Begins at an offset up to which the client holds everything; with {@code lost} it holds nothing. */
    final void start(long offset, boolean lost) {
        this.offset = offset;
        this.lost = lost;
        resumed = true;
        goOn();
    }

    /** Hands on nothing until it goes on, or starts anew. */
    final void hold() {
        if (state == State.LIVE) {
            log.lag();
        }
        state = State.HELD;
    }

    final void goOn() {
        state = State.LAGGING;
        proceed();
    }

    /** Goes live if it has come to where the log is; else waits for its turn. */
    private void proceed() {
        if (!lost && offset >= log.position()) {
            goLive();
        } else {
            following().lags(this);
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
        following().lags(this);
    }

    final void end(Hub hub) {
        if (state != State.LIVE && state != State.ENDED) {
            log.lagNoMore();
        }
        state = State.ENDED;
        hub.unfollow(id(), this);
    }

    /**
     * Tells the client that it holds nothing of this log; true if that was all there was to do. It goes on where it began,
     * at a head of which is known what its user may see, and no further: what changed of that since is to be noticed.
     */
    final boolean tellLoss() {
        if (!lost) {
            return false;
        }
        lost = false;
        connection.onLoss();
        inCatchUp = false;
        send(connection.frames().gap(id(), offset));
        proceed();
        return true;
    }

    /** The stored log no longer reaches down to this offset. */
    final void lose() {
        lost = true;
        onLost();
    }

    /** What it waited for has happened, or does not happen: reads on. */
    final void waitNoMore() {
        if (state == State.WAITING) {
            state = State.LAGGING;
            following().lags(this);
        }
    }

    /** For who is not told of it otherwise; unless it has to catch up first, and that ends with the same. */
    final void tellPosition() {
        if (state == State.LIVE) {
            send(connection.frames().caughtUp(id(), offset));
        }
    }

    private void send(byte[] frame) {
        send(() -> connection.frames().of(frame));
    }

    private void send(Supplier<Frame> frame) {
        if (connection.tells(id())) {
            connection.out().durable(frame.get());
        }
    }

    private boolean isClear() {
        return !connection.tells(id()) || connection.isClear();
    }

    @Override
    public final void onChange(Delivery delivery) {
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
        if (waits(change)) {
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

    private boolean waits(EncodedChange change) {
        if (isToWait(change)) {
            state = State.WAITING;
        }
        return state == State.WAITING;
    }

    @Override
    public final void onPiece(long from, Piece piece) {
        piece.changes().forEach(this::noticeEnd);
        if (state != State.LIVE || piece.to() <= offset) {
            return;
        }
        if (from != offset || !isClear() || !Stretch.isHandy(piece.changes()) || !isCertain(piece)) {
            lag();
            return;
        }
        Stretch stretch = ofCompacted(new Stretch(piece.changes(), piece.to()));
        if (stretch != null) {
            handPiece(from, stretch);
        }
    }

    private void handPiece(long from, Stretch stretch) {
        send(connection.frames().catchUp(id(), from, stretch.to()));
        inCatchUp = true;
        hand(stretch.changes());
        if (state == State.WAITING) {
            log.lag();
        } else if (state == State.LIVE) {
            offset = stretch.to();
            inCatchUp = false;
            send(connection.frames().caughtUp(id(), offset));
        }
    }

    @Override
    public final void onGap(long to) {
        if (state == State.LIVE && to > offset) {
            lose();
        }
    }

    @Override
    public final void onFault(Throwable fault) {
        connection.fault(fault);
    }

    /** It has come to where the log is. */
    final void onNothing() {
        handTurn(new Stretch(List.of(), offset));
    }

    /**
     * What the store has for it: of what was superseded it says nothing.
     *
     * @param joinedAt see {@link LogReader.PageFor}
     */
    final void onPage(Stretch page, long joinedAt) {
        Stretch stretch = isJoined(joinedAt) ? ofCompacted(page) : null;
        if (stretch != null) {
            handTurn(stretch);
        }
    }

    /** Every change up to where the log is, as the ring or the cache have them. */
    final void onEvery(List<EncodedChange> changes) {
        List<EncodedChange> every = ofEvery(changes);
        if (every == null) {
            return;
        }
        Stretch stretch = Stretch.of(every);
        boolean asTheyHappened = stretch.changes().size() == every.size();
        if (asTheyHappened && !resumed && !inCatchUp) {
            handAsLive(stretch.turn());
        } else {
            handTurn(stretch);
        }
    }

    private void handTurn(Stretch stretch) {
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

    /** Nothing has been superseded: what it was told late, it is told as if it were live. */
    private void handAsLive(Stretch turn) {
        for (EncodedChange change : turn.changes()) {
            next(change, () -> connection.frames().of(change.wire()));
            if (state != State.LAGGING) {
                return;
            }
        }
        proceed();
    }

    private void hand(List<EncodedChange> changes) {
        for (EncodedChange change : changes) {
            if (change.offset() <= offset || !isVisible(change)) {
                continue;
            }
            if (waits(change)) {
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
}
