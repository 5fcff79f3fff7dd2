package io.parley.domain.live;

import io.parley.domain.log.EncodedChange;
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
import java.util.function.Consumer;

/** The hubs of all loops of this node; what arrives goes to those loops alone that have somebody who follows. */
public final class Hubs {
    private final Map<LogId, List<Hub>> following = new ConcurrentHashMap<>();
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

    void follows(LogId log, Hub hub) {
        following.merge(log, List.of(hub), Hubs::with);
    }

    void followsNoMore(LogId log, Hub hub) {
        following.computeIfPresent(log, (id, hubs) -> without(hubs, hub));
    }

    private static List<Hub> with(List<Hub> some, List<Hub> more) {
        List<Hub> all = new ArrayList<>(some);
        all.addAll(more);
        return List.copyOf(all);
    }

    @SuppressWarnings("NullAway") // null takes the entry out of the map
    private static List<Hub> without(List<Hub> hubs, Hub hub) {
        List<Hub> rest = hubs.stream().filter(other -> other != hub).toList();
        return rest.isEmpty() ? null : rest;
    }

    /** Whether anybody on this node follows the log; from any thread. */
    public boolean isFollowed(LogId log) {
        return following.containsKey(log);
    }

    /** The logs that anybody on this node follows; from any thread. */
    public Collection<LogId> followed() {
        return List.copyOf(following.keySet());
    }

    /** A change as it arrives from the wire; from any thread, those of one log in the order of arrival. */
    public void onChange(EncodedChange change) {
        following.getOrDefault(change.log(), List.of()).forEach(hub -> hub.hear(change));
    }

    /** What happens at this moment; from any thread. */
    public void onHint(TalkHint hint) {
        LogId log = audience(hint);
        tell(log, hub -> hub.onHint(log, hint));
    }

    /** What is for one user's devices goes by that user's log: the others of a large conversation are not even asked. */
    private static LogId audience(TalkHint hint) {
        return hint instanceof Receipt receipt && !receipt.toAll()
                ? LogId.of(receipt.user())
                : LogId.of(hint.conversation());
    }

    private void tell(LogId log, Consumer<Hub> news) {
        following.getOrDefault(log, List.of()).forEach(hub -> hub.loop().execute(() -> news.accept(hub)));
    }

    /** The ends of logs as somebody has read them; from any thread. */
    public void onHeads(Collection<LogHead> heads) {
        byLoop.values().forEach(hub -> hub.loop().execute(() -> hub.onHeads(heads)));
    }
}
