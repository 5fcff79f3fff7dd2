package io.parley.domain.log;

import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Publishes what the node that stored it could not: rows that are still in the outbox after five seconds. One node at a
 * time does, by a lease; a change that two nodes publish all the same is dropped by everybody as a duplicate.
 */
public final class Relay implements Pipeline {
    static final int BATCH = 500;
    static final Duration AGE = Duration.ofSeconds(5);
    static final Duration LEASE = Duration.ofSeconds(15);
    static final Duration EVERY = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final LogReader reader;
    private final ChangeEncoder encoder;
    private final ChangePublisher publisher;

    public Relay(Outbox outbox, LogReader reader, ChangeEncoder encoder, ChangePublisher publisher) {
        this.outbox = outbox;
        this.reader = reader;
        this.encoder = encoder;
        this.publisher = publisher;
    }

    @Override
    public String name() {
        return "relay";
    }

    @Override
    public Mono<Void> run() {
        return round().repeatWhen(rounds -> rounds.concatMap(Relay::pause)).then();
    }

    /** A full batch was not all there is. */
    private static Mono<Long> pause(long claimed) {
        return claimed == BATCH ? Mono.just(claimed) : Mono.delay(EVERY);
    }

    /** Emits the number of rows that were claimed, as {@code repeatWhen} counts them. */
    private Flux<Integer> round() {
        return outbox.claim(AGE, BATCH, LEASE)
                .flatMap(entries ->
                        entries.isEmpty() ? Mono.empty() : relay(entries).thenReturn(entries))
                .flatMapIterable(List::copyOf)
                .map(entry -> 1);
    }

    private Mono<Void> relay(List<LogEntry> entries) {
        return reader.present(entries).collectList().flatMap(present -> publish(entries, present));
    }

    private Mono<Void> publish(List<LogEntry> entries, List<Change> present) {
        Set<LogEntry> waiting = present.stream().map(Change::entry).collect(Collectors.toCollection(HashSet::new));
        List<LogEntry> movedOn =
                entries.stream().filter(entry -> !waiting.contains(entry)).toList();
        return publisher
                .publish(Flux.fromIterable(present).map(encoder::encode))
                .map(EncodedChange::entry)
                .collectList()
                .flatMap(outbox::remove)
                .then(outbox.remove(movedOn));
    }
}
