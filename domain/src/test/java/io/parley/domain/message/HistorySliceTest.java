package io.parley.domain.message;

import static io.parley.domain.message.HistoryPage.Anchor.AFTER;
import static io.parley.domain.message.HistoryPage.Anchor.AROUND;
import static io.parley.domain.message.HistoryPage.Anchor.BEFORE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.message.HistoryPage.Anchor;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

class HistorySliceTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ConversationId CONVERSATION = new ConversationId(new UUID(0, 1));
    private static final UserId READER = new UserId(new UUID(0, 2));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // visible from, head, anchor, seq, limit: first, last, before, after
                "1, 10, BEFORE, 9223372036854775807, 3, 8, 10, 8, -",
                "1, 10, BEFORE, 8, 3, 5, 7, 5, 7",
                "1, 10, BEFORE, 3, 3, 1, 2, -, 2",
                "1, 10, BEFORE, 4, 3, 1, 3, -, 3",
                "1, 10, BEFORE, 11, 3, 8, 10, 8, -",
                "1, 10, BEFORE, 1, 3, -, -, -, 0",
                "5, 10, BEFORE, 8, 3, 5, 7, -, 7",
                "5, 10, BEFORE, 8, 2, 6, 7, 6, 7",
                "1, 10, AFTER, 0, 3, 1, 3, -, 3",
                "1, 10, AFTER, 3, 3, 4, 6, 4, 6",
                "1, 10, AFTER, 7, 3, 8, 10, 8, -",
                "1, 10, AFTER, 10, 3, -, -, 11, -",
                "5, 10, AFTER, 0, 3, 5, 7, -, 7",
                "1, 10, AROUND, 5, 4, 3, 6, 3, 6",
                "1, 10, AROUND, 5, 1, 5, 5, 5, 5",
                "1, 10, AROUND, 1, 4, 1, 2, -, 2",
                "1, 10, AROUND, 10, 4, 8, 10, 8, -",
                "5, 10, AROUND, 5, 4, 5, 6, -, 6",
                "1, 0, BEFORE, 9223372036854775807, 3, -, -, -, -",
                "1, 0, AFTER, 0, 3, -, -, -, -"
            })
    void thePageKnowsWhetherThereIsMoreOnEitherSide(
            long visible,
            long head,
            Anchor anchor,
            long seq,
            int limit,
            Long first,
            Long last,
            Long before,
            Long after) {
        HistorySlice slice = read(visible, head, HistoryPage.asked(anchor, seq, limit));

        assertThat(slice.messages().stream().map(it -> it.message().seq()))
                .containsExactlyElementsOf(
                        first == null
                                ? List.of()
                                : LongStream.rangeClosed(first, last).boxed().toList());
        assertThat(slice.before()).isEqualTo(before);
        assertThat(slice.after()).isEqualTo(after);
    }

    @ParameterizedTest
    @Tag("wire-history")
    @CsvSource({"1, 1", "1, 3", "6, 3", "20, 200"})
    void walkingEitherWayYieldsEveryVisibleMessageOnce(long visible, int limit) {
        List<Long> backwards = new ArrayList<>();
        Long before = HistoryPage.NEWEST;
        while (before != null) {
            HistorySlice slice = read(visible, 25, HistoryPage.asked(BEFORE, before, limit));
            backwards.addAll(0, seqs(slice));
            before = slice.before();
        }
        List<Long> forwards = new ArrayList<>();
        Long after = 0L;
        while (after != null) {
            HistorySlice slice = read(visible, 25, HistoryPage.asked(AFTER, after, limit));
            forwards.addAll(seqs(slice));
            after = slice.after();
        }

        assertThat(backwards)
                .isEqualTo(forwards)
                .isEqualTo(LongStream.rangeClosed(visible, 25).boxed().toList());
    }

    @Test
    void aPageOutOfRangeIsRefused() {
        refused(BEFORE, 0, 1);
        refused(AROUND, 0, 1);
        refused(AFTER, -1, 1);
        refused(BEFORE, 1, 0);
        refused(BEFORE, 1, HistoryPage.MAX_LIMIT + 1);
    }

    private static void refused(Anchor anchor, long seq, int limit) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> HistoryPage.asked(anchor, seq, limit))
                .extracting(InvalidInput::code)
                .isEqualTo(ErrorCode.PAGE_INVALID);
    }

    private static List<Long> seqs(HistorySlice slice) {
        return slice.messages().stream().map(it -> it.message().seq()).toList();
    }

    private static HistorySlice read(long visible, long head, HistoryPage page) {
        return new ReadHistory(new Stored(visible, head))
                .read(READER, CONVERSATION, page)
                .block(TIMEOUT);
    }

    /** Messages with the seqs from one to the other. */
    private record Stored(long visible, long head) implements MessageHistory {
        @Override
        public Mono<List<MessageChange>> page(UserId reader, ConversationId conversation, HistoryPage page) {
            List<Long> all = LongStream.rangeClosed(visible, head).boxed().toList();
            List<Long> below = all.stream().filter(seq -> seq < page.seq()).toList();
            List<Long> from = all.stream().filter(seq -> seq >= page.seq()).toList();
            List<Long> above = all.stream().filter(seq -> seq > page.seq()).toList();
            List<Long> read = new ArrayList<>();
            switch (page.anchor()) {
                case BEFORE -> read.addAll(tail(below, page.limit()));
                case AFTER -> above.stream().limit(page.limit()).forEach(read::add);
                case AROUND -> {
                    read.addAll(tail(below, page.limit() / 2));
                    from.stream().limit(page.limit() - page.limit() / 2).forEach(read::add);
                }
            }
            return Mono.just(read.stream().map(Stored::message).toList());
        }

        private static List<Long> tail(List<Long> seqs, int count) {
            return seqs.subList(Math.max(0, seqs.size() - count), seqs.size());
        }

        private static MessageChange message(long seq) {
            UUID id = new UUID(1, seq);
            return new MessageChange(
                    new LogEntry(LogId.of(CONVERSATION), seq, ItemKind.MESSAGE, id, Reason.CREATED),
                    new Message(
                            CONVERSATION,
                            seq,
                            new MessageId(id),
                            READER,
                            new ClientMessageId(id),
                            new MessageBody("m" + seq),
                            Instant.EPOCH,
                            null,
                            null));
        }

        @Override
        public Mono<MessageChange> find(UserId reader, ConversationId conversation, MessageId id) {
            return Mono.error(new AssertionError("nobody looks for one"));
        }
    }
}
