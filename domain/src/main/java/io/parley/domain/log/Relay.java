package io.parley.domain.log;

import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes what the node that stored it could not: rows that are still in the outbox after five seconds. One node at a
 * time does, by a lease; a change that two nodes publish all the same is dropped by everybody as a duplicate.
 *
 * <p>It walks from the oldest row to the youngest, and begins anew. What is not confirmed stays where it is and is passed
 * by until then; what makes a round fail is found by ever smaller rounds, and passed by too. So no row holds up those
 * behind it, and none is given up: the age of the outbox tells of it, and its followers get it by the {@code Watch}.
 */
public final class Relay implements Pipeline {
    static final int BATCH = 500;
    static final Duration AGE = Duration.ofSeconds(5);
    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration EVERY = Duration.ofSeconds(1);

    private final AtomicLong published = new AtomicLong();
    private final Outbox outbox;
    private final LogReader reader;
    private final ChangeEncoder encoder;
    private final ChangePublisher publisher;

    /** Rows of this walk that are still there. Of the run alone, as is what follows. */
    private int passed;

    private int limit = BATCH;
    private boolean more;

    public Relay(Outbox outbox, LogReader reader, ChangeEncoder encoder, ChangePublisher publisher) {
        this.outbox = outbox;
        this.reader = reader;
        this.encoder = encoder;
        this.publisher = publisher;
    }

    /** How many rows this node has published for others since its start; from any thread. */
    public long published() {
        return published.get();
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Mono<Void> run() {
        return Mono.defer(this::round).repeat().then();
    }

    private Mono<Long> round() {
        return outbox.claim(AGE, passed, limit, LEASE)
                .flatMap(entries -> relay(entries).doOnError(error -> narrow()))
                .then(Mono.defer(this::pause));
    }

    private Mono<Long> pause() {
        return more ? Mono.empty() : Mono.delay(EVERY);
    }

    private Mono<Void> relay(List<LogEntry> entries) {
        return present(entries)
                .flatMap(present -> publish(entries, present))
                .defaultIfEmpty(0)
                .doOnNext(gone -> goOn(entries.size(), gone))
                .then();
    }

    /** No value if nothing was claimed: a publisher is not to be troubled for that. */
    private Mono<List<Change>> present(List<LogEntry> entries) {
        return entries.isEmpty() ? Mono.empty() : reader.present(entries).collectList();
    }

    /** Value: how many rows are gone. */
    private Mono<Integer> publish(List<LogEntry> entries, List<Change> present) {
        Set<LogEntry> waiting = present.stream().map(Change::entry).collect(Collectors.toCollection(HashSet::new));
        List<LogEntry> movedOn =
                entries.stream().filter(entry -> !waiting.contains(entry)).toList();
        return publisher
                .publish(Flux.fromIterable(present).map(encoder::encode))
                .map(EncodedChange::entry)
                .collectList()
                .doOnNext(confirmed -> published.addAndGet(confirmed.size()))
                .flatMap(confirmed -> outbox.remove(confirmed)
                        .then(outbox.remove(movedOn))
                        .thenReturn(confirmed.size() + movedOn.size()));
    }

    /** After a full batch there may be more; else the walk begins anew. */
    private void goOn(int claimed, int gone) {
        more = claimed == limit;
        passed = more ? passed + claimed - gone : 0;
        limit = more ? Math.min(BATCH, 2 * limit) : BATCH;
    }

    /** Perhaps it was one row: it is passed by once it is alone. */
    private void narrow() {
        passed += limit == 1 ? 1 : 0;
        limit = Math.max(1, limit / 2);
    }
}
