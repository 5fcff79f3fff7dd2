package io.parley.api;

/** What a server takes, on every transport. */
public final class Limits {
    /** Longest request body, frame or payload, in bytes; a longer WebSocket message is closed with 1009. */
    public static final int MAX_INBOUND_BYTES = 64 * 1024;

    private Limits() {}
}
