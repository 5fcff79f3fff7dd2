package io.parley.domain.log;

import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An outbox, and the stored log behind it, in which every row is old enough. */
final class OutboxInMemory implements Outbox, LogReader {
    static final LogId LOG = new LogId(new UUID(0, 1));

    final List<LogEntry> rows = new ArrayList<>();
    final List<Integer> claims = new ArrayList<>();

    /** Their items have changed since. */
    final Set<LogEntry> movedOn = new HashSet<>();

    /** Reading any of these fails. */
    final Set<LogEntry> unreadable = new HashSet<>();

    boolean leasedToAnother;
    Backlog backlog;

    static LogEntry entry(long offset) {
        return new LogEntry(LOG, offset, ItemKind.MESSAGE, new UUID(1, offset), Reason.CREATED);
    }

    /** So many rows, with the offsets from 1. */
    void fill(int count) {
        IntStream.rangeClosed(1, count).forEach(offset -> rows.add(entry(offset)));
    }

    static Change change(LogEntry entry) {
        return new Change.SessionChange(entry, null, null);
    }

    static EncodedChange encode(Change change) {
        return new EncodedChange(new UUID(0, 0), change.entry(), 1, new byte[0]);
    }

    @Override
    public Mono<Void> remove(Collection<LogEntry> entries) {
        return Mono.fromRunnable(() -> rows.removeAll(entries));
    }

    @Override
    public Mono<List<LogEntry>> claim(Duration age, int passed, int limit, Duration lease) {
        return Mono.fromSupplier(() -> {
            List<LogEntry> claimed = leasedToAnother
                    ? List.of()
                    : rows.stream().skip(passed).limit(limit).toList();
            claims.add(claimed.size());
            return claimed;
        });
    }

    @Override
    public Flux<Change> present(List<LogEntry> entries) {
        return entries.stream().anyMatch(unreadable::contains)
                ? Flux.error(new IllegalStateException("cannot be read"))
                : Flux.fromIterable(entries)
                        .filter(entry -> !movedOn.contains(entry))
                        .map(OutboxInMemory::change);
    }

    @Override
    public Flux<LogHead> olderThan(Duration age, Collection<LogId> logs) {
        return Flux.error(new AssertionError("unused"));
    }

    @Override
    public Mono<LogPage> page(LogId log, long after, long to, int limit) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<LogPage> pageFor(UserId reader, LogId log, long after, long to, int limit) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Backlog> backlog(int most) {
        return Mono.defer(
                () -> backlog == null ? Mono.error(new IllegalStateException("does not answer")) : Mono.just(backlog));
    }

    @Override
    public Mono<List<LogPage>> pages(List<Range> ranges, int limit) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Map<LogId, PageFor>> pagesFor(UserId reader, List<Range> ranges, int limit) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Flux<LogHead> heads(Collection<LogId> logs) {
        return Flux.error(new AssertionError("unused"));
    }
}
