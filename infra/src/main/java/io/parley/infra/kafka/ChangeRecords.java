package io.parley.infra.kafka;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/** A change as a record of Kafka: what a node must know of it is in the headers, as ASCII text. */
final class ChangeRecords {
    static final String EPOCH = "epoch";
    static final String OFFSET = "offset";
    static final String KIND = "kind";
    static final String REASON = "reason";
    static final String ITEM = "item";
    static final String SEQ = "seq";

    private static final int UUID_LENGTH = 36;

    private ChangeRecords() {}

    static ProducerRecord<String, byte[]> write(EncodedChange change) {
        LogEntry entry = change.entry();
        List<Header> headers = List.of(
                header(EPOCH, change.epoch()),
                header(OFFSET, entry.offset()),
                header(KIND, entry.kind().name().toLowerCase(Locale.ROOT)),
                header(REASON, entry.reason().name().toLowerCase(Locale.ROOT)),
                header(ITEM, entry.item()),
                header(SEQ, change.seq()));
        return new ProducerRecord<>(ChangesTopic.NAME, null, null, change.log().toString(), change.wire(), headers);
    }

    /** The log, by the key alone. Fails with {@code IllegalArgumentException} for what no node of ours has written. */
    static LogId log(ConsumerRecord<@Nullable String, ?> record) {
        return new LogId(uuid(record.key()));
    }

    /** The rest. Fails in the same way, also for kinds and reasons that only a newer node knows. */
    static EncodedChange read(LogId log, ConsumerRecord<?, byte @Nullable []> record) {
        byte[] wire = record.value();
        if (wire == null) {
            throw new IllegalArgumentException("no value");
        }
        LogEntry entry = new LogEntry(
                log,
                number(text(record, OFFSET), 1),
                ItemKind.valueOf(text(record, KIND).toUpperCase(Locale.ROOT)),
                uuid(text(record, ITEM)),
                Reason.valueOf(text(record, REASON).toUpperCase(Locale.ROOT)));
        return new EncodedChange(uuid(text(record, EPOCH)), entry, number(text(record, SEQ), 0), wire);
    }

    private static Header header(String name, Object value) {
        return new RecordHeader(name, value.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static String text(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        if (header == null || header.value() == null) {
            throw new IllegalArgumentException("no " + name);
        }
        return new String(header.value(), StandardCharsets.US_ASCII);
    }

    private static long number(String text, long least) {
        long number = Long.parseLong(text);
        if (number < least) {
            throw new IllegalArgumentException("too small: " + number);
        }
        return number;
    }

    /** Java takes shorter texts for ids as well. */
    private static UUID uuid(@Nullable String text) {
        if (text == null || text.length() != UUID_LENGTH) {
            throw new IllegalArgumentException("no id");
        }
        return UUID.fromString(text);
    }
}
