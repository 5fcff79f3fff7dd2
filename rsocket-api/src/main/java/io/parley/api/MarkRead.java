package io.parley.api;

/** Says that everything up to this message has been read. */
public record MarkRead(long seq) {}
