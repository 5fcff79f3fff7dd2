package io.parley.infra.postgres;

import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Outbox;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The outbox in PostgreSQL, and the lease of the node that relays what was left in it. */
final class PostgresOutbox implements Outbox {
    private final Store store;

    /** This life of this node: after a restart it waits for its own former lease. */
    private final UUID holder = UUID.randomUUID();

    PostgresOutbox(Store store) {
        this.store = store;
    }

    @Override
    public Mono<Void> remove(Collection<LogEntry> entries) {
        GenericExecuteSpec remove = store.sql(OutboxSql.REMOVE)
                .bind("logs", Entries.logs(entries))
                .bind("offsets", Entries.offsets(entries));
        return remove.fetch().rowsUpdated().then().onErrorMap(Store::unavailable);
    }

    @Override
    public Flux<LogHead> olderThan(Duration age, Collection<LogId> logs) {
        GenericExecuteSpec heads =
                store.sql(OutboxSql.OLDER_THAN).bind("age", age.toMillis()).bind("logs", PostgresLogReader.ids(logs));
        return Store.all(heads, PostgresLogReader::head).flatMapIterable(found -> found);
    }

    @Override
    public Mono<List<LogEntry>> claim(Duration age, int passed, int limit, Duration lease) {
        GenericExecuteSpec claim = store.sql(OutboxSql.CLAIM)
                .bind("holder", holder)
                .bind("lease", lease.toMillis())
                .bind("age", age.toMillis())
                .bind("kinds", StoredItem.KINDS)
                .bind("reasons", StoredItem.REASONS)
                .bind("passed", passed)
                .bind("limit", limit);
        return Store.all(claim, StoredItem::entry);
    }

    @Override
    public Mono<Backlog> backlog(int most) {
        return Store.all(store.sql(OutboxSql.BACKLOG).bind("most", most), PostgresOutbox::backlog)
                .map(rows -> rows.get(0));
    }

    private static Backlog backlog(Readable row) {
        return new Backlog(Column.number(row, "waiting"), Duration.ofMillis(Column.number(row, "millis")));
    }
}
