package io.parley.loadtests.gatling;

import io.parley.api.ClientFrame;
import io.parley.api.ConversationEntry;
import io.parley.api.ServerFrame;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one live client holds. Gatling shows frames in the order in which they come only while somebody waits for one, and
 * the others later and perhaps twice: so this counts which offsets have come, and judges them when it is asked.
 */
final class Held {
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<UUID, Log> logs = new HashMap<>();
    private final Set<UUID> heard = new HashSet<>();
    private final Set<String> answered = new HashSet<>();
    private UUID epoch;
    private boolean ready;

    /** The line is gone; what is held stays. */
    void disconnected() {
        ready = false;
        answered.clear();
    }

    /** To be said after hello: up to where nothing is missing. */
    ClientFrame.Resume resume() {
        Map<UUID, Long> offsets = new HashMap<>();
        logs.forEach((id, log) -> offsets.put(id, log.reached()));
        return new ClientFrame.Resume(null, epoch, offsets, true);
    }

    /** Takes a frame. Value: this, to be asked what is there now. */
    Held take(String text) {
        ServerFrame frame = JSON.readValue(text, ServerFrame.class);
        if (frame instanceof ServerFrame.Ready first) {
            take(first);
        } else if (frame instanceof ServerFrame.Ack ack) {
            answered.add(ack.ref());
        } else if (frame instanceof ServerFrame.Change change) {
            take(change);
        } else if (frame instanceof ServerFrame.Skip skip) {
            log(skip.logId()).came(skip.offset());
        } else if (frame instanceof ServerFrame.CaughtUp caughtUp) {
            log(caughtUp.logId()).skipTo(caughtUp.offset());
        } else if (frame instanceof ServerFrame.Gap gap) {
            log(gap.logId()).skipTo(gap.to());
        }
        return this;
    }

    private void take(ServerFrame.Ready first) {
        epoch = first.epoch();
        ready |= first.last();
        logs.computeIfAbsent(first.user().id(), id -> new Log(first.position()));
        for (ConversationEntry entry : first.conversations()) {
            logs.computeIfAbsent(entry.id(), id -> new Log(entry.position()));
        }
    }

    private void take(ServerFrame.Change change) {
        log(change.logId()).came(change.offset());
        if (change.message() != null) {
            heard.add(change.message().clientMessageId());
        }
    }

    private Log log(UUID id) {
        return logs.computeIfAbsent(id, fresh -> new Log(0));
    }

    boolean isReady() {
        return ready;
    }

    boolean isAnswered(String ref) {
        return answered.contains(ref);
    }

    boolean hasHeard(UUID clientMessageId) {
        return heard.contains(clientMessageId);
    }

    /** Whether nothing is missing below anything that has come. */
    boolean isWhole() {
        return logs.values().stream().allMatch(log -> log.early.isEmpty());
    }

    /** One log: everything up to an offset, and what came before its turn. */
    private static final class Log {
        private final TreeSet<Long> early = new TreeSet<>();
        private long offset;

        Log(long offset) {
            this.offset = offset;
        }

        long reached() {
            return offset;
        }

        void came(long next) {
            early.add(next);
            skipTo(offset);
        }

        void skipTo(long to) {
            offset = Math.max(offset, to);
            early.headSet(offset, true).clear();
            while (early.remove(offset + 1)) {
                offset++;
            }
        }
    }
}
