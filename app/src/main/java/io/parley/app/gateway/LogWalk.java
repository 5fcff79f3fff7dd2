package io.parley.app.gateway;

import io.parley.app.gateway.PacedPages.Page;
import io.parley.domain.live.LiveFrames;
import io.parley.domain.log.Change;
import io.parley.domain.log.ChangeEncoder;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Mono;

/** One reader's way through a stored log, as frames, up to the head it had at first; for {@link PacedPages}. */
final class LogWalk {
    private final LogReader logs;
    private final ChangeEncoder encoder;
    private final LiveFrames frames;
    private final UserId reader;
    private final LogId log;
    private long after;
    private long to = LogReader.HEAD;

    LogWalk(LogReader logs, ChangeEncoder encoder, LiveFrames frames, Start start) {
        this.logs = logs;
        this.encoder = encoder;
        this.frames = frames;
        this.reader = start.reader();
        this.log = start.log();
        this.after = start.after();
    }

    /** Who reads which log from where on. */
    record Start(UserId reader, LogId log, long after) {}

    /** Value: the next frames, at most {@code limit}. */
    Mono<Page<byte[]>> next(int limit) {
        return after == to
                ? Mono.just(new Page<>(List.of(frames.caughtUp(log, to)), true))
                : logs.pageFor(reader, log, after, to, limit).map(page -> taken(page, limit));
    }

    private Page<byte[]> taken(LogPage page, int limit) {
        boolean first = to == LogReader.HEAD;
        if (first && (after > page.head() || after < page.floor())) {
            return new Page<>(List.of(frames.gap(log, page.head())), true);
        }
        if (first) {
            to = page.head();
        }
        return first && after < to ? beginning(page, limit) : frames(page.changes(), page.next(to, limit), limit);
    }

    /** The frame before them takes the place of one, which is read again. */
    private Page<byte[]> beginning(LogPage page, int limit) {
        byte[] catchUp = frames.catchUp(log, after, to);
        List<Change> fit = page.changes().stream().limit(limit - 1L).toList();
        boolean all = fit.size() == page.changes().size();
        long last = fit.isEmpty() ? after : fit.get(fit.size() - 1).entry().offset();
        Page<byte[]> rest = frames(fit, all ? page.next(to, limit) : last, limit - 1);
        return new Page<>(
                Stream.concat(Stream.of(catchUp), rest.items().stream()).toList(), rest.last());
    }

    private Page<byte[]> frames(List<Change> changes, long next, int limit) {
        after = next;
        List<byte[]> read = new ArrayList<>(changes.size() + 1);
        changes.forEach(change -> read.add(encoder.encode(change).wire()));
        boolean last = after == to && read.size() < limit;
        if (last) {
            read.add(frames.caughtUp(log, to));
        }
        return new Page<>(read, last);
    }
}
