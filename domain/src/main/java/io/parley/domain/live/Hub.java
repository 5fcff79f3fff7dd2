package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The logs that are followed on one loop, and how far each has come. Confined to its loop: whoever calls from elsewhere
 * goes through {@link Hubs}.
 */
final class Hub {
    static final Duration PATIENCE = Duration.ofMillis(50);

    /** Changes that may wait for the loop; of more, only how far they reach is remembered. */
    static final int MAX_WAITING = 4_096;

    /** Hints that may wait for the loop; more are lost, as hints may be. */
    static final int MAX_HINTS = 1_024;

    private final AtomicInteger waitingChanges = new AtomicInteger();
    private final AtomicInteger waitingHints = new AtomicInteger();
    private final Map<LogId, Long> passedOver = new ConcurrentHashMap<>();
    private final AtomicBoolean looking = new AtomicBoolean();
    private final Map<LogId, FollowedLog> logs = new HashMap<>();
    private final Set<LogId> reading = new HashSet<>();
    private final Set<LogId> waiting = new HashSet<>();
    private final Loop loop;
    private final Epoch epoch;
    private final HoleReader holes;
    private final LiveFrames frames;
    private final Hubs hubs;

    Hub(Loop loop, Epoch epoch, HoleReader holes, LiveFrames frames, Hubs hubs) {
        this.loop = loop;
        this.epoch = epoch;
        this.holes = holes;
        this.frames = frames;
        this.hubs = hubs;
    }

    Loop loop() {
        return loop;
    }

    LiveFrames frames() {
        return frames;
    }

    FollowedLog follow(LogId id, Follower follower) {
        FollowedLog log = logs.computeIfAbsent(id, fresh -> new FollowedLog(fresh, this));
        if (!log.isFollowed()) {
            hubs.follows(log);
        }
        log.add(follower);
        return log;
    }

    void unfollow(LogId id, Follower follower) {
        FollowedLog log = logs.get(id);
        if (log == null) {
            return;
        }
        log.remove(follower);
        if (!log.isFollowed()) {
            logs.remove(id);
            hubs.followsNoMore(log);
        }
    }

    void settle(FollowedLog log, long head) {
        log.settle(head);
        watch(log);
    }

    /** Whether a change is to be taken on the loop; else it is of another life of the store, or too much waits. From any thread. */
    boolean admits(EncodedChange change) {
        if (!change.epoch().equals(epoch.value())) {
            return false;
        }
        if (waitingChanges.incrementAndGet() <= MAX_WAITING) {
            return true;
        }
        waitingChanges.decrementAndGet();
        passedOver.merge(change.log(), change.offset(), Math::max);
        if (looking.compareAndSet(false, true)) {
            // After what waits now, and after this one was noted: nobody else may come to look.
            loop.execute(this::lookAtPassedOver);
        }
        return false;
    }

    private void lookAtPassedOver() {
        looking.set(false);
        onHeads(passedOver.keySet().stream()
                .map(log -> new LogHead(log, Objects.requireNonNullElse(passedOver.remove(log), 0L)))
                .toList());
    }

    /** One that was admitted waits no more. */
    void taken() {
        waitingChanges.decrementAndGet();
    }

    /** Whether few enough wait for the loop; from any thread. */
    boolean admitsHint() {
        if (waitingHints.incrementAndGet() <= MAX_HINTS) {
            return true;
        }
        waitingHints.decrementAndGet();
        return false;
    }

    void hintTaken() {
        waitingHints.decrementAndGet();
    }

    /** What somebody else knows of the ends of logs: silence proves nothing. */
    void onHeads(Collection<LogHead> heads) {
        heads.forEach(head -> {
            FollowedLog log = logs.get(head.log());
            if (log == null) {
                return;
            }
            if (log.position() == FollowedLog.UNKNOWN) {
                log.misses();
            } else if (head.head() > log.position()) {
                read(log);
            }
        });
    }

    /** What is missing gets a moment to arrive by itself. */
    void watch(FollowedLog log) {
        if (log.hasHole() && waiting.add(log.id())) {
            loop.later(() -> readIfStillMissing(log.id()), PATIENCE);
        }
    }

    private void readIfStillMissing(LogId id) {
        waiting.remove(id);
        FollowedLog log = logs.get(id);
        if (log != null && log.hasHole()) {
            read(log);
        }
    }

    private void read(FollowedLog log) {
        if (logs.get(log.id()) != log || !reading.add(log.id())) {
            return;
        }
        log.beginRead();
        if (!holes.read(this, log.id(), log.position())) {
            onReadFailed(log.id());
        }
    }

    /** The answer of the hole reader to who stood at {@code from}. */
    void onPiece(LogId id, long from, Piece piece) {
        reading.remove(id);
        FollowedLog log = logs.get(id);
        if (log == null || log.position() == FollowedLog.UNKNOWN) {
            return;
        }
        if (piece.floor() > from) {
            log.skipTo(piece.head());
        } else {
            log.fill(from, piece);
        }
        if (log.position() < piece.head()) {
            read(log);
        } else {
            watch(log);
        }
    }

    void onReadFailed(LogId id) {
        loop.later(
                () -> {
                    reading.remove(id);
                    FollowedLog log = logs.get(id);
                    if (log != null) {
                        read(log);
                    }
                },
                holes.readAgainAfter());
    }
}
