package io.parley.loadtests.check.history;

import java.util.List;
import java.util.UUID;

/**
 * A log as the database has it.
 *
 * @param head its last offset, as the conversation's row says
 * @param headSeq the last seq, as the same row says
 */
public record StoredLog(UUID id, long head, long headSeq, List<StoredEntry> entries) {
    /** The latest change of one item. */
    public record StoredEntry(String kind, UUID item, long offset, String reason) {}
}
