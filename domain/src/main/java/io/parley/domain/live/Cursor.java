package io.parley.domain.live;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.presence.Typing;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Where one connection stands in one log. Live, it hands on what happens; without room, or behind, it only remembers its
 * offset, and {@link LiveConnection} reads on from there. Confined to the connection's loop.
 */
final class Cursor implements Follower {
    private final LiveConnection connection;
    private final FollowedLog log;
    private final boolean own;

    /** Offset of the own log's change, or of the own log's head, that this cursor knows of already. */
    private long asOf;

    private long offset;
    private long visibleFromSeq;
    private int members;
    private State state = State.HELD;
    private boolean lost;
    private boolean inCatchUp;

    private enum State {
        /** Follows, but does not know yet from where. */
        HELD,
        LIVE,
        LAGGING,
        ENDED
    }

    Cursor(LiveConnection connection, Hub hub, LogId id) {
        this.connection = connection;
        this.own = id.equals(LogId.of(connection.user()));
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

    boolean mayType() {
        return !own && state != State.ENDED && members <= LiveConnection.MAX_TYPING_MEMBERS;
    }

    /** What its user may see of it, as of a change or head of the user's own log. */
    void knows(long asOf, long visibleFromSeq, int members) {
        this.asOf = asOf;
        this.visibleFromSeq = visibleFromSeq;
        this.members = members;
    }

    /** Begins at an offset up to which the client holds everything; with {@code lost} it holds nothing. */
    void start(long offset, boolean lost) {
        this.offset = offset;
        this.lost = lost;
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
            connection.send(connection.frames().caughtUp(id(), offset));
        }
        state = State.LIVE;
        log.lagNoMore();
    }

    private void lag() {
        state = State.LAGGING;
        log.lag();
        connection.lags(this);
    }

    void end(Hub hub) {
        if (state == State.HELD || state == State.LAGGING) {
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
        offset = Math.max(offset, log.position());
        inCatchUp = false;
        connection.send(connection.frames().gap(id(), offset));
        proceed();
        return true;
    }

    /** The stored log no longer reaches down to this offset. */
    void lose() {
        lost = true;
        proceed();
    }

    @Override
    public void onChange(EncodedChange change) {
        if (state != State.LIVE || change.offset() <= offset) {
            return;
        }
        if (change.offset() != offset + 1 || !connection.hasRoom(1, change.wire().length)) {
            lag();
            return;
        }
        offset = change.offset();
        connection.send(isVisible(change) ? change.wire() : connection.frames().skip(id(), offset));
        notice(change);
    }

    @Override
    public void onPiece(long from, long to, List<EncodedChange> changes) {
        if (state != State.LIVE || to <= offset) {
            return;
        }
        if (from != offset || !connection.hasRoom(changes.size() + 2, bytes(changes))) {
            lag();
            return;
        }
        connection.send(connection.frames().catchUp(id(), from, to));
        inCatchUp = true;
        hand(changes);
        offset = to;
        if (state == State.LIVE) {
            inCatchUp = false;
            connection.send(connection.frames().caughtUp(id(), to));
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
    public void onTyping(Typing typing) {
        if (state == State.LIVE && !typing.user().equals(connection.user())) {
            connection.hint(typing);
        }
    }

    /** What was read for this cursor: of each item only its last change, up to {@code to}. */
    void onRead(long to, List<EncodedChange> changes) {
        if (!inCatchUp) {
            inCatchUp = true;
            connection.send(connection.frames().catchUp(id(), offset, Math.max(to, log.position())));
        }
        hand(changes);
        if (state == State.LAGGING) {
            offset = to;
            proceed();
        }
    }

    /** Every change of a stretch, as the ring or the cache have them; the last one ends it if it is a removal. */
    void onDense(List<EncodedChange> changes) {
        List<EncodedChange> until = untilRemoval(changes);
        onRead(until.get(until.size() - 1).offset(), latestOfEachItem(until));
    }

    private List<EncodedChange> untilRemoval(List<EncodedChange> changes) {
        for (int i = 0; i < changes.size(); i++) {
            if (isOwnRemoval(changes.get(i).entry())) {
                return changes.subList(0, i + 1);
            }
        }
        return changes;
    }

    private static List<EncodedChange> latestOfEachItem(List<EncodedChange> changes) {
        Set<Item> seen = new HashSet<>();
        List<EncodedChange> latest = new ArrayList<>();
        for (int i = changes.size() - 1; i >= 0; i--) {
            LogEntry entry = changes.get(i).entry();
            if (seen.add(new Item(entry.kind(), entry.item()))) {
                latest.add(0, changes.get(i));
            }
        }
        return latest;
    }

    private void hand(List<EncodedChange> changes) {
        for (EncodedChange change : changes) {
            if (change.offset() > offset && isVisible(change)) {
                connection.send(change.wire());
                notice(change);
            }
            if (state == State.ENDED) {
                return;
            }
        }
    }

    private boolean isVisible(EncodedChange change) {
        return change.entry().kind() != ItemKind.MESSAGE || change.seq() >= visibleFromSeq;
    }

    /** Some changes concern the connection itself. */
    private void notice(EncodedChange change) {
        LogEntry entry = change.entry();
        if (own) {
            connection.onOwnChange(entry);
        } else if (isOwnRemoval(entry)) {
            connection.unfollow(new ConversationId(id().value()));
        }
    }

    private boolean isOwnRemoval(LogEntry entry) {
        return entry.kind() == ItemKind.MEMBER
                && entry.item().equals(connection.user().value())
                && (entry.reason() == Reason.LEFT || entry.reason() == Reason.REMOVED);
    }

    private static int bytes(List<EncodedChange> changes) {
        return changes.stream().mapToInt(change -> change.wire().length).sum();
    }

    private record Item(ItemKind kind, UUID id) {}
}
