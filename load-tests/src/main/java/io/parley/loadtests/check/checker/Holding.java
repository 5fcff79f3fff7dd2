package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What one device holds of one log, by the letter of the contract. */
final class Holding {
    private final UUID log;
    private final Map<UUID, Long> offsets = new HashMap<>();
    private final Map<UUID, MessageView> messages = new HashMap<>();
    private long base;
    private long offset;
    private long visibleFromSeq;
    private long catchUpFrom;
    private long catchUpTo;
    private long catchUpSince = -1;
    private boolean ofAnotherLife;

    /** @param base what is at or below this offset, the device was never told */
    Holding(UUID log, long base, long visibleFromSeq) {
        this.log = log;
        this.base = base;
        this.offset = base;
        this.visibleFromSeq = visibleFromSeq;
    }

    UUID log() {
        return log;
    }

    long base() {
        return base;
    }

    /** Everything that has happened since the base, up to here, is held. */
    long offset() {
        return offset;
    }

    long visibleFromSeq() {
        return visibleFromSeq;
    }

    void see(long fromSeq) {
        visibleFromSeq = fromSeq;
    }

    /** Whether the device has named an offset of another life of the store, and has not been told to forget it. */
    boolean isOfAnotherLife() {
        return ofAnotherLife;
    }

    void comesFromAnotherLife() {
        ofAnotherLife = true;
    }

    boolean isCatchingUp() {
        return catchUpSince >= 0;
    }

    /** When the catch-up of the moment began. */
    long catchUpSince() {
        return catchUpSince;
    }

    long catchUpTo() {
        return catchUpTo;
    }

    long catchUpFrom() {
        return catchUpFrom;
    }

    /** Offset of what is held of an item; 0 if nothing is. */
    long offsetOf(UUID item) {
        return offsets.getOrDefault(item, 0L);
    }

    Map<UUID, MessageView> messages() {
        return messages;
    }

    void put(ServerFrame.Change change) {
        MessageView message = change.message();
        UUID item = itemOf(change);
        if (item != null && change.offset() > offsetOf(item)) {
            offsets.put(item, change.offset());
            if (message != null) {
                messages.put(message.id(), message);
            }
        }
        move(change.offset());
    }

    private static @Nullable UUID itemOf(ServerFrame.Change change) {
        if (change.message() != null) {
            return change.message().id();
        }
        if (change.member() != null) {
            return change.member().user().id();
        }
        return change.conversation() == null ? null : change.conversation().id();
    }

    void move(long to) {
        offset = Math.max(offset, to);
    }

    void beginCatchUp(long at, long from, long to) {
        catchUpSince = at;
        catchUpFrom = from;
        catchUpTo = to;
    }

    void endCatchUp() {
        catchUpSince = -1;
    }

    void lose(long to) {
        offsets.clear();
        messages.clear();
        base = to;
        offset = to;
        ofAnotherLife = false;
        endCatchUp();
    }
}
