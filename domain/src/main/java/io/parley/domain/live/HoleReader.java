package io.parley.domain.live;

import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.LogReader.Range;
import io.parley.domain.pipeline.Inbox;
import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Reads for all loops of this node what did not arrive: many logs in one statement, each once however many loops wait for
 * it, and a few statements at once. What comes while they are under way goes together into the next.
 */
public final class HoleReader implements Pipeline {
    /** Items of one log in a statement. */
    static final int LIMIT = 256;

    /** Items of a statement. */
    static final int ITEMS = 4_096;

    static final int LOGS = 64;
    static final int AT_ONCE = 2;
    static final int QUEUE = 1_024;

    private static final long READ_AGAIN_AFTER_MILLIS = 500;
    private static final long JITTER_MILLIS = 1_000;

    private final Inbox<Hole> queue = new Inbox<>(QUEUE);
    private final AtomicLong pages = new AtomicLong();
    private final LogReader reader;
    private final ChangeEncoder encoder;
    private final DoubleSupplier jitter;

    public HoleReader(LogReader reader, ChangeEncoder encoder) {
        this(reader, encoder, () -> ThreadLocalRandom.current().nextDouble());
    }

    /** @param jitter from 0 to 1, another one each time */
    HoleReader(LogReader reader, ChangeEncoder encoder, DoubleSupplier jitter) {
        this.reader = reader;
        this.encoder = encoder;
        this.jitter = jitter;
    }

    /** False if too much is to be read already; else the hub is told what was found, or that nothing could be. */
    boolean read(Hub hub, LogId log, long position) {
        return queue.offer(new Hole(hub, log, position));
    }

    /** What many hubs could not read at the same moment they do not all ask for again at the same moment. */
    Duration readAgainAfter() {
        return Duration.ofMillis(READ_AGAIN_AFTER_MILLIS + (long) (jitter.getAsDouble() * JITTER_MILLIS));
    }

    /** How many pages have been read since the start, a page being a part of one log; from any thread. */
    public long pagesRead() {
        return pages.get();
    }

    @Override
    public String name() {
        return "hole reader";
    }

    @Override
    public Mono<Void> run() {
        return queue.batches(LOGS).flatMap(this::fill, AT_ONCE, 1).then();
    }

    private Mono<Void> fill(List<Hole> holes) {
        Map<LogId, List<Hole>> byLog =
                holes.stream().collect(Collectors.groupingBy(Hole::log, LinkedHashMap::new, Collectors.toList()));
        List<Range> ranges = byLog.values().stream().map(HoleReader::range).toList();
        int limit = Math.min(LIMIT, ITEMS / ranges.size());
        return reader.pages(ranges, limit)
                .doOnNext(found -> found(List.copyOf(byLog.values()), found, limit))
                .doOnError(error -> holes.forEach(Hole::failed))
                .onErrorComplete()
                .then();
    }

    /** Loops are rarely at different positions of a log: who is further on leaves out what it has. */
    private static Range range(List<Hole> holes) {
        long least = holes.stream().mapToLong(Hole::position).min().orElseThrow();
        return new Range(holes.get(0).log(), least);
    }

    private void found(List<List<Hole>> waiting, List<LogPage> found, int limit) {
        pages.addAndGet(found.size());
        for (int i = 0; i < found.size(); i++) {
            LogPage page = found.get(i);
            List<EncodedChange> changes =
                    page.changes().stream().map(encoder::encode).toList();
            Piece piece = new Piece(page.next(page.head(), limit), page.head(), page.floor(), changes);
            waiting.get(i).forEach(hole -> hole.found(piece));
        }
    }

    private record Hole(Hub hub, LogId log, long position) {
        void found(Piece piece) {
            hub.loop().execute(() -> hub.onPiece(log, position, piece.after(position)));
        }

        void failed() {
            hub.loop().execute(() -> hub.onReadFailed(log));
        }
    }
}
