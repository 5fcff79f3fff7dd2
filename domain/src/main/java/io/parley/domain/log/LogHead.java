package io.parley.domain.log;

/** How far a log has come: the offset of its last change. */
public record LogHead(LogId log, long head) {}
