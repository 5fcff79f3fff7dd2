package io.parley.domain.live;

import io.parley.domain.log.Epoch;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The hubs of all loops of this node; what arrives goes to those loops alone that have somebody who follows. */
public final class Hubs {
    private final Map<LogId, List<FollowedLog>> following = new ConcurrentHashMap<>();
    private final Map<Loop, Hub> byLoop = new ConcurrentHashMap<>();
    private final Epoch epoch;
    private final HoleReader holes;
    private final LiveFrames frames;

    public Hubs(Epoch epoch, HoleReader holes, LiveFrames frames) {
        this.epoch = epoch;
        this.holes = holes;
        this.frames = frames;
    }

    Hub on(Loop loop) {
        return byLoop.computeIfAbsent(loop, own -> new Hub(own, epoch, holes, frames, this));
    }

    void follows(FollowedLog log) {
        following.merge(log.id(), List.of(log), Hubs::with);
    }

    void followsNoMore(FollowedLog log) {
        following.computeIfPresent(log.id(), (id, logs) -> without(logs, log));
    }

    private static List<FollowedLog> with(List<FollowedLog> some, List<FollowedLog> more) {
        List<FollowedLog> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    @SuppressWarnings("NullAway") // null takes the entry out of the map
    private static List<FollowedLog> without(List<FollowedLog> logs, FollowedLog log) {
        List<FollowedLog> rest = logs.stream().filter(other -> other != log).toList();
        return rest.isEmpty() ? null : rest;
    }

    /** A log as each loop follows it that has somebody who does; from any thread. */
    List<FollowedLog> of(LogId log) {
        return following.getOrDefault(log, List.of());
    }

    /** The logs that anybody on this node follows; from any thread. */
    Collection<LogId> followed() {
        return List.copyOf(following.keySet());
    }

    /** What happens at this moment; from any thread. */
    void onHint(TalkHint hint) {
        of(audience(hint)).forEach(log -> log.hear(hint));
    }

    /** What is for one user's devices goes by that user's log: the others of a large conversation are not even asked. */
    private static LogId audience(TalkHint hint) {
        return hint instanceof Receipt receipt && !receipt.toAll()
                ? LogId.of(receipt.user())
                : LogId.of(hint.conversation());
    }

    /** The ends of logs as somebody has read them; from any thread. */
    void onHeads(Collection<LogHead> heads) {
        byLoop.values().forEach(hub -> hub.loop().execute(() -> hub.onHeads(heads)));
    }
}
