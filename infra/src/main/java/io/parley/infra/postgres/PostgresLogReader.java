package io.parley.infra.postgres;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static java.util.stream.Collectors.toMap;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.log.Change;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.user.UserId;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The compacted logs in PostgreSQL: entries joined with the present state of their items. */
final class PostgresLogReader implements LogReader {
    private final Store store;

    PostgresLogReader(Store store) {
        this.store = store;
    }

    @Override
    public Mono<LogPage> page(LogId log, long after, long to, int limit) {
        return page(store.sql(LogSql.PAGE), log, after, to, limit);
    }

    @Override
    public Mono<LogPage> pageFor(UserId reader, LogId log, long after, long to, int limit) {
        return page(store.sql(LogSql.PAGE_FOR).bind("reader", reader.value()), log, after, to, limit);
    }

    @Override
    public Mono<List<LogPage>> pages(List<Range> ranges, int limit) {
        return pages(store.sql(LogSql.PAGES), ranges, limit)
                .map(pages -> pages.values().stream().map(PageFor::page).toList());
    }

    @Override
    public Mono<Map<LogId, PageFor>> pagesFor(UserId reader, List<Range> ranges, int limit) {
        return pages(store.sql(LogSql.PAGES_FOR).bind("reader", reader.value()), ranges, limit)
                .map(pages -> byLog(ranges, pages));
    }

    private static Map<LogId, PageFor> byLog(List<Range> ranges, Map<Integer, PageFor> pages) {
        return pages.entrySet().stream()
                .collect(toMap(page -> ranges.get(page.getKey() - 1).log(), Map.Entry::getValue));
    }

    /** By the numbers of the ranges from 1, and in their order. */
    private static Mono<Map<Integer, PageFor>> pages(GenericExecuteSpec statement, List<Range> ranges, int limit) {
        GenericExecuteSpec pages = statement
                .bind("logs", ids(ranges.stream().map(Range::log).toList()))
                .bind("afters", ranges.stream().map(Range::after).toArray(Long[]::new))
                .bind("tos", ranges.stream().map(Range::to).toArray(Long[]::new))
                .bind("limit", limit)
                .bind("reasons", StoredItem.REASONS);
        return Store.all(pages, NumberedRow::of).map(PostgresLogReader::pages);
    }

    @Override
    public Flux<LogHead> heads(Collection<LogId> logs) {
        GenericExecuteSpec heads = store.sql(LogSql.HEADS).bind("logs", ids(logs));
        return Store.all(heads, PostgresLogReader::head).flatMapIterable(found -> found);
    }

    @Override
    public Flux<Change> present(List<LogEntry> entries) {
        GenericExecuteSpec present = store.sql(LogSql.PRESENT)
                .bind("logs", Entries.logs(entries))
                .bind("offsets", Entries.offsets(entries))
                .bind("kinds", Entries.kinds(entries))
                .bind("items", Entries.items(entries))
                .bind("reasons", StoredItem.REASONS);
        return Store.all(present, StoredItem::change).flatMapIterable(found -> found);
    }

    static LogHead head(Readable row) {
        return new LogHead(new LogId(Column.uuid(row, "log_id")), Column.number(row, "head_offset"));
    }

    static UUID[] ids(Collection<LogId> logs) {
        return logs.stream().map(LogId::value).toArray(UUID[]::new);
    }

    private static Mono<LogPage> page(GenericExecuteSpec statement, LogId log, long after, long to, int limit) {
        GenericExecuteSpec page = statement
                .bind("log", log.value())
                .bind("after", after)
                .bind("to", to)
                .bind("limit", limit)
                .bind("reasons", StoredItem.REASONS);
        return Store.all(page, Row::of)
                .filter(rows -> !rows.isEmpty())
                .map(PostgresLogReader::page)
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN)));
    }

    private static LogPage page(List<Row> rows) {
        List<Change> changes =
                rows.stream().map(Row::change).flatMap(Optional::stream).toList();
        return new LogPage(changes, rows.get(0).head(), rows.get(0).floor());
    }

    /** Those of one range are together. */
    private static Map<Integer, PageFor> pages(List<NumberedRow> rows) {
        return rows.stream()
                .collect(groupingBy(
                        NumberedRow::number,
                        LinkedHashMap::new,
                        collectingAndThen(toList(), PostgresLogReader::pageFor)));
    }

    private static PageFor pageFor(List<NumberedRow> rows) {
        LogPage page = page(rows.stream().map(NumberedRow::row).toList());
        return new PageFor(page, rows.get(0).joinedAt());
    }

    private record NumberedRow(int number, long joinedAt, Row row) {
        static NumberedRow of(Readable row) {
            return new NumberedRow((int) Column.number(row, "number"), Column.number(row, "joined_at"), Row.of(row));
        }
    }

    /** Each row has the head; the only row of an empty page has nothing else. */
    private record Row(long head, long floor, Optional<Change> change) {
        static Row of(Readable row) {
            return new Row(
                    Column.number(row, "head"),
                    Column.number(row, "floor"),
                    Column.isNull(row, "item") ? Optional.empty() : Optional.of(StoredItem.change(row)));
        }
    }
}
