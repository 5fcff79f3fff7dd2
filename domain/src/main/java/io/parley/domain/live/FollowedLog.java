package io.parley.domain.live;

import io.parley.domain.log.ChangeFeed;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogId;
import io.parley.domain.presence.TalkHint;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One log on one loop: puts the changes that arrive back into the order of their offsets, and hands each on once. What
 * arrives too early is held, at most {@value #HELD}; the hub reads what then stays missing.
 */
final class FollowedLog implements ChangeFeed.Listener {
    static final int HELD = 64;
    static final int RING = 64;
    static final int RING_BYTES = 128 * 1024;

    /** So many followers are told in one task: a large room is not to hold up a small one. */
    static final int SLICE = 256;

    static final long UNKNOWN = -1;

    private final LogId id;
    private final Hub hub;
    private final List<Follower> followers = new ArrayList<>();
    private final TreeMap<Long, EncodedChange> held = new TreeMap<>();

    /** The latest changes without a hole, as long as somebody lags: their last step needs no read. */
    private final Deque<EncodedChange> ring = new ArrayDeque<>();

    /** Those that are told, as of the last that came or went: made when it is needed. */
    private @Nullable List<Follower> told;

    private int ringBytes;
    private int lagging;
    private long position = UNKNOWN;
    private boolean missed;

    FollowedLog(LogId id, Hub hub) {
        this.id = id;
        this.hub = hub;
    }

    /** A change as it arrives; from any thread, in the order of arrival. */
    @Override
    public void hear(EncodedChange change) {
        if (hub.admits(change)) {
            hub.loop().execute(() -> take(change));
        }
    }

    private void take(EncodedChange change) {
        hub.taken();
        if (isFollowed()) {
            offer(change);
            hub.watch(this);
        }
    }

    /** What happens at this moment; from any thread. */
    void hear(TalkHint hint) {
        if (hub.admitsHint()) {
            hub.loop().execute(() -> take(hint));
        }
    }

    private void take(TalkHint hint) {
        hub.hintTaken();
        HintDelivery delivery = new HintDelivery(hint, hub.frames());
        each(follower -> follower.onHint(delivery));
    }

    LogId id() {
        return id;
    }

    /** Offset up to which everything has been handed on; {@link #UNKNOWN} before a head was read. */
    long position() {
        return position;
    }

    void add(Follower follower) {
        followers.add(follower);
        told = null;
    }

    void remove(Follower follower) {
        followers.remove(follower);
        told = null;
        keepOrClearRing();
    }

    boolean isFollowed() {
        return !followers.isEmpty();
    }

    private void each(Consumer<Follower> action) {
        each(action, () -> {});
    }

    /** @param over called once all have been told */
    private void each(Consumer<Follower> action, Runnable over) {
        List<Follower> all = told == null ? List.copyOf(followers) : told;
        told = all;
        slice(all, 0, action, over);
    }

    /** The tasks of a loop keep their order, so that every follower is told everything in the order of the log. */
    private void slice(List<Follower> all, int from, Consumer<Follower> action, Runnable over) {
        int to = Math.min(from + SLICE, all.size());
        all.subList(from, to).forEach(follower -> tell(follower, action));
        if (to < all.size()) {
            hub.loop().execute(() -> slice(all, to, action, over));
        } else {
            over.run();
        }
    }

    private static void tell(Follower follower, Consumer<Follower> action) {
        try {
            action.accept(follower);
        } catch (Throwable fault) {
            // An Error too: of memory outside of the heap there may be none left for one, and some for the others.
            follower.onFault(fault);
        }
    }

    void lag() {
        lagging++;
    }

    void lagNoMore() {
        lagging--;
        keepOrClearRing();
    }

    /** A ring that is kept no more would have a hole once it is kept again. */
    private void keepOrClearRing() {
        if (!isRingKept()) {
            clearRing();
        }
    }

    private void clearRing() {
        ring.clear();
        ringBytes = 0;
    }

    /** Who is told in a later task may yet find that it lags. */
    private boolean isRingKept() {
        return lagging > 0 || followers.size() > SLICE;
    }

    /** The head of a snapshot in which everything up to it is stored: where a log that is new here begins. */
    void settle(long head) {
        if (position == UNKNOWN) {
            position = head;
            release();
        }
    }

    /** Whether something is missing below what was heard, or was dropped. */
    boolean hasHole() {
        return position != UNKNOWN && (missed || !held.isEmpty());
    }

    void offer(EncodedChange change) {
        if (position == UNKNOWN || change.offset() > position + 1) {
            hold(change);
        } else if (change.offset() == position + 1) {
            hand(change);
            release();
        }
    }

    private void hold(EncodedChange change) {
        held.putIfAbsent(change.offset(), change);
        if (held.size() > HELD) {
            held.pollLastEntry();
            missed = true;
        }
    }

    /** Something was not heard; where from, is known once it has settled. */
    void misses() {
        missed = true;
    }

    /** What is read from the store from here on includes everything that was dropped before. */
    void beginRead() {
        missed = false;
    }

    /** What the store has from the position on. */
    void fill(long from, Piece piece) {
        if (from == position && piece.to() > position) {
            position = piece.to();
            clearRing();
            each(follower -> follower.onPiece(from, piece));
        }
        release();
    }

    void skipTo(long to) {
        position = Math.max(position, to);
        clearRing();
        long gone = position;
        each(follower -> follower.onGap(gone));
        release();
    }

    private void release() {
        held.headMap(position, true).clear();
        EncodedChange next = held.remove(position + 1);
        while (next != null) {
            hand(next);
            next = held.remove(position + 1);
        }
    }

    private void hand(EncodedChange change) {
        position = change.offset();
        Delivery delivery = new Delivery(change, hub.frames());
        each(follower -> follower.onChange(delivery), delivery::over);
        // After the followers: this change may have been the one that made somebody lag.
        if (isRingKept()) {
            ring.addLast(change);
            ringBytes += change.wire().length;
            while (ring.size() > RING || ringBytes > RING_BYTES) {
                ringBytes -= ring.removeFirst().wire().length;
            }
        }
    }

    /** Every change with {@code after < offset <= position}, or null if the ring does not hold them all. */
    @Nullable
    List<EncodedChange> recent(long after) {
        EncodedChange first = ring.peekFirst();
        if (first == null || first.offset() > after + 1 || first.offset() + ring.size() != position + 1) {
            return null;
        }
        return ring.stream().filter(change -> change.offset() > after).toList();
    }
}
