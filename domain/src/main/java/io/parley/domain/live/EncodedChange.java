package io.parley.domain.live;

/**
 * A change as it travels: encoded once, by the node that stored it, and never altered on the way.
 *
 * @param logId the log it belongs to; changes of one log keep their order between nodes
 * @param offset its place in that log, from 1
 * @param wire the frame as clients get it, UTF-8 JSON; nobody writes to this array
 */
@SuppressWarnings("ArrayRecordComponent") // shared, never compared: copying it per follower is the cost to avoid
public record EncodedChange(String logId, long offset, byte[] wire) {}
