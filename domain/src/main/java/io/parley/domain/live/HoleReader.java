package io.parley.domain.live;

import io.parley.domain.log.Change;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.pipeline.Pipeline;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;

/** Reads for all loops of this node what did not arrive, a few logs at once. */
public final class HoleReader implements Pipeline {
    static final int LIMIT = 256;
    static final int AT_ONCE = 4;
    static final int QUEUE = 1_024;

    private final Sinks.Many<Hole> queue = Sinks.many().multicast().onBackpressureBuffer(QUEUE, false);
    private final LogReader reader;
    private final ChangeEncoder encoder;

    public HoleReader(LogReader reader, ChangeEncoder encoder) {
        this.reader = reader;
        this.encoder = encoder;
    }

    /** False if too much is to be read already; else the hub is told what was found, or that nothing could be. */
    boolean read(Hub hub, LogId log, long position) {
        Hole hole = new Hole(hub, log, position);
        EmitResult result;
        do {
            result = queue.tryEmitNext(hole);
            // Another loop is asking at this very moment: it is done within nanoseconds.
        } while (result == EmitResult.FAIL_NON_SERIALIZED);
        return result.isSuccess();
    }

    @Override
    public String name() {
        return "hole reader";
    }

    @Override
    public Mono<Void> run() {
        return queue.asFlux().flatMap(this::fill, AT_ONCE, 1).then();
    }

    private Mono<Void> fill(Hole hole) {
        return reader.page(hole.log(), hole.position(), LogReader.HEAD, LIMIT)
                .doOnNext(page -> found(hole, page))
                .doOnError(error -> hole.hub().loop().execute(() -> hole.hub().onReadFailed(hole.log())))
                .onErrorComplete()
                .then();
    }

    private void found(Hole hole, LogPage page) {
        List<EncodedChange> changes = encoded(page.changes());
        hole.hub().loop().execute(() -> hole.hub().onPage(hole.log(), hole.position(), page, changes, LIMIT));
    }

    private List<EncodedChange> encoded(List<Change> changes) {
        return changes.stream().map(encoder::encode).toList();
    }

    private record Hole(Hub hub, LogId log, long position) {}
}
