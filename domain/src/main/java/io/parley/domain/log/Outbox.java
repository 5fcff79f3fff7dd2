package io.parley.domain.log;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What has been stored and not yet been confirmed as published; written with the change, in its transaction. */
public interface Outbox {

    /** Completes when these entries are gone; those that were gone already do not matter. Errors: {@code Unavailable}. */
    Mono<Void> remove(Collection<LogEntry> entries);

    /**
     * Emits the highest waiting offset of each of these logs that has entries older than {@code age} by the database's
     * clock. Errors: {@code Unavailable}.
     */
    Flux<LogHead> olderThan(Duration age, Collection<LogId> logs);

    /**
     * Value: at most {@code limit} entries older than {@code age} by the database's clock, oldest first, without the
     * {@code passed} oldest of them, for the holder of the relay's lease, which this call takes or renews for
     * {@code lease}; empty list while another node holds it. Entries of kinds that only a newer node knows are left to
     * that. No transaction stays open. Errors: {@code Unavailable}.
     */
    Mono<List<LogEntry>> claim(Duration age, int passed, int limit, Duration lease);

    /** Value: how much waits, whoever has stored it; not more than {@code most} are counted. Errors: {@code Unavailable}. */
    Mono<Backlog> backlog(int most);

    /**
     * What waits.
     *
     * @param rows how many wait, counted up to as many as were asked for
     * @param age of the oldest by the database's clock; zero if nothing waits
     */
    record Backlog(long rows, Duration age) {}
}
