package io.parley.loadtests;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One log as a {@link Replica} holds it. Methods that take something answer what was wrong with it, or null. */
final class ReplicaLog {
    private static final Comparator<MessageView> BY_SEQ = Comparator.comparingLong(MessageView::seq);

    private final Map<UUID, MessageView> messages = new HashMap<>();
    private final UUID id;
    private long offset;
    private boolean catchingUp;
    private int gaps;

    ReplicaLog(UUID id, long offset) {
        this.id = id;
        this.offset = offset;
    }

    UUID id() {
        return id;
    }

    /** Everything up to here is held; in a catch-up too, as it comes in the order of offsets. */
    long offset() {
        return offset;
    }

    int gaps() {
        return gaps;
    }

    List<MessageView> messages() {
        return messages.values().stream().sorted(BY_SEQ).toList();
    }

    /** What the last connection began, it did not end. */
    void reconnect() {
        catchingUp = false;
    }

    @Nullable
    String take(ServerFrame.Change change) {
        MessageView message = change.message();
        if (message != null && message.offset() != change.offset()) {
            return "the message says another offset than its change";
        }
        if (message != null) {
            // Put by id, if it is newer.
            messages.merge(message.id(), message, (held, next) -> next.offset() > held.offset() ? next : held);
        }
        return next(change.offset());
    }

    /** The next one; in a catch-up any later one. */
    @Nullable
    String next(long next) {
        long held = offset;
        offset = Math.max(held, next);
        return next == held + 1 || (catchingUp && next > held) ? null : "not next to offset " + held;
    }

    @Nullable
    String begin(long from, long to) {
        if (catchingUp) {
            return "there is a catch-up already, at offset " + offset;
        }
        catchingUp = true;
        return from == offset && to >= from ? null : "expected from offset " + offset;
    }

    @Nullable
    String end(long reached) {
        boolean expected = catchingUp && reached >= offset;
        long held = offset;
        catchingUp = false;
        offset = reached;
        return expected ? null : "no catch-up, or one beyond it, at offset " + held;
    }

    @Nullable
    String lose(long to) {
        messages.clear();
        catchingUp = false;
        offset = to;
        gaps++;
        return null;
    }
}
