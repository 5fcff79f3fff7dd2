package io.parley.api;

/** Says that everything up to this message has arrived at one of one's devices. */
public record MarkReceived(long seq) {}
