package io.parley.domain.conversation;

import io.parley.domain.log.LogEntry;
import java.util.List;

/**
 * What a write left behind.
 *
 * @param value the state after it
 * @param entries what it appended to logs, in the order of each log; empty if it changed nothing
 */
public record Written<T>(T value, List<LogEntry> entries) {}
