package io.parley.infra.redis;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;

/** A change as a member of a sorted set: one line of what a node must know of it, then the frame as clients get it. */
final class RecentMembers {
    private static final byte END_OF_LINE = '\n';
    private static final int FIELDS = 5;

    private RecentMembers() {}

    static byte[] write(EncodedChange change) {
        LogEntry entry = change.entry();
        String line = String.join(
                " ",
                entry.kind().name().toLowerCase(Locale.ROOT),
                entry.reason().name().toLowerCase(Locale.ROOT),
                entry.item().toString(),
                String.valueOf(change.seq()),
                String.valueOf(entry.offset()));
        byte[] head = line.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(head.length + 1 + change.wire().length)
                .put(head)
                .put(END_OF_LINE)
                .put(change.wire())
                .array();
    }

    /** Fails with {@code IllegalArgumentException} for what is no member, or one that only a newer node understands. */
    static EncodedChange read(UUID epoch, LogId log, byte[] member) {
        int end = endOfLine(member);
        String[] fields = new String(member, 0, end, StandardCharsets.US_ASCII).split(" ", -1);
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException("not a recent change");
        }
        LogEntry entry = new LogEntry(
                log,
                Long.parseLong(fields[4]),
                ItemKind.valueOf(fields[0].toUpperCase(Locale.ROOT)),
                UUID.fromString(fields[2]),
                Reason.valueOf(fields[1].toUpperCase(Locale.ROOT)));
        byte[] wire = Arrays.copyOfRange(member, end + 1, member.length);
        return new EncodedChange(epoch, entry, Long.parseLong(fields[3]), wire);
    }

    private static int endOfLine(byte[] member) {
        for (int i = 0; i < member.length; i++) {
            if (member[i] == END_OF_LINE) {
                return i;
            }
        }
        throw new IllegalArgumentException("no line");
    }
}
