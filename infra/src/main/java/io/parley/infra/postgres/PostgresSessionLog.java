package io.parley.infra.postgres;

import io.parley.domain.auth.SessionId;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.SessionLog;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Ends sessions in PostgreSQL, by one call of a function. */
final class PostgresSessionLog implements SessionLog {
    private final Store store;

    PostgresSessionLog(Store store) {
        this.store = store;
    }

    @Override
    public Mono<List<LogEntry>> end(SessionId session, Instant now) {
        return Store.all(
                store.sql(LogSql.END_SESSION).bind("session", session.value()).bind("now", now), StoredItem::entry);
    }
}
