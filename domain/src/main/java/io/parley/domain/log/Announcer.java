package io.parley.domain.log;

import io.parley.domain.pipeline.Inbox;
import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Tells all nodes of what this one has stored: encodes it once, sends it, and clears the outbox behind it. What does not
 * fit into its queue, or is not confirmed, stays in the outbox for the {@link Relay}.
 */
public final class Announcer implements Pipeline {
    static final int QUEUE = 4_096;
    static final int BATCH = 256;
    private static final Duration TOGETHER = Duration.ofMillis(20);
    private static final int BATCHES_AT_ONCE = 2;

    private final Inbox<EncodedChange> queue = new Inbox<>(QUEUE);
    private final ChangeEncoder encoder;
    private final ChangePublisher publisher;
    private final LogReader reader;
    private final Kept kept;

    public Announcer(ChangeEncoder encoder, ChangePublisher publisher, LogReader reader, Kept kept) {
        this.encoder = encoder;
        this.publisher = publisher;
        this.reader = reader;
        this.kept = kept;
    }

    /** Takes changes that have just been stored, in the order of each log; never blocks, never fails. */
    public void announce(List<? extends Change> changes) {
        List<EncodedChange> encoded = changes.stream().map(encoder::encode).toList();
        kept.recent().keep(encoded);
        encoded.forEach(queue::offer);
    }

    /** The same for entries whose states the caller does not hold. Completes when they are taken; never fails. */
    public Mono<Void> announceEntries(List<LogEntry> entries) {
        return entries.isEmpty()
                ? Mono.empty()
                : reader.present(entries)
                        .collectList()
                        .doOnNext(this::announce)
                        // They are in the outbox: the relay tells of them.
                        .onErrorComplete()
                        .then();
    }

    @Override
    public String name() {
        return "announcer";
    }

    @Override
    public Mono<Void> run() {
        return publisher
                .publish(queue.batches(BATCH).concatMapIterable(batch -> batch, 1))
                .bufferTimeout(BATCH, TOGETHER, true)
                .flatMap(this::confirmed, BATCHES_AT_ONCE)
                .then();
    }

    /** What cannot be removed now is sent once more by the relay, and dropped by everybody as a duplicate. */
    private Mono<Void> confirmed(List<EncodedChange> changes) {
        return kept.outbox()
                .remove(changes.stream().map(EncodedChange::entry).toList())
                .onErrorComplete();
    }

    /** Where changes are kept beside their logs: for a while, and until they are confirmed. */
    public record Kept(RecentWriter recent, Outbox outbox) {}
}
