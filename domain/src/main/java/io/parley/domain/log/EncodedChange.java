package io.parley.domain.log;

import java.util.UUID;

/**
 * A change as it travels: encoded once, by the node that stored it, and never altered on the way. What a node must know
 * of it is beside the bytes, so that nobody decodes them.
 *
 * @param epoch the life of the store in which it happened; changes of another one are ignored
 * @param seq the message's number in its conversation; 0 for what is no message
 * @param wire the frame as clients get it, UTF-8 JSON; nobody writes to this array
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared: copying it per follower is the cost to avoid
public record EncodedChange(UUID epoch, LogEntry entry, long seq, byte[] wire) {

    public LogId log() {
        return entry.log();
    }

    public long offset() {
        return entry.offset();
    }
}
