package io.parley.domain.log;

import io.parley.domain.pipeline.Inbox;
import io.parley.domain.pipeline.Pipeline;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Puts what this node has stored into {@link RecentChanges}, beside publishing: whoever catches up finds it there also
 * while Kafka is away. What does not fit into its queue is left out, and read from the stored log.
 */
public final class RecentWriter implements Pipeline {
    static final int QUEUE = 4_096;
    static final int BATCH = 256;

    private final Inbox<EncodedChange> queue = new Inbox<>(QUEUE);
    private final RecentChanges recent;

    public RecentWriter(RecentChanges recent) {
        this.recent = recent;
    }

    /** Takes changes that have just been stored; never blocks, never fails. */
    void keep(List<EncodedChange> changes) {
        changes.forEach(queue::offer);
    }

    @Override
    public String name() {
        return "recent changes";
    }

    @Override
    public Mono<Void> run() {
        return queue.batches(BATCH).concatMap(recent::put, 0).then();
    }
}
