package io.parley.domain.log;

import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** An announcer of which a test knows what it was told. */
public final class Announced implements LogReader, Outbox, RecentChanges {
    public final List<LogEntry> entries = new ArrayList<>();

    public Announcer announcer() {
        return new Announcer(
                change -> {
                    throw new AssertionError("nothing is present");
                },
                changes -> changes,
                this,
                new Announcer.Kept(new RecentWriter(this), this));
    }

    @Override
    public Flux<Change> present(List<LogEntry> asked) {
        return Flux.defer(() -> {
            entries.addAll(asked);
            return Flux.empty();
        });
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
        return Mono.error(new AssertionError("unused"));
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

    @Override
    public Mono<Void> remove(Collection<LogEntry> confirmed) {
        return Mono.empty();
    }

    @Override
    public Flux<LogHead> olderThan(Duration age, Collection<LogId> logs) {
        return Flux.error(new AssertionError("unused"));
    }

    @Override
    public Mono<List<LogEntry>> claim(Duration age, int passed, int limit, Duration lease) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Void> put(List<EncodedChange> changes) {
        return Mono.empty();
    }

    @Override
    public Mono<List<EncodedChange>> range(LogId log, long after, long to, int limit) {
        return Mono.empty();
    }
}
