package io.parley.infra.postgres;

import io.parley.domain.log.Announcer;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.RecentWriter;
import io.parley.domain.message.LogWriter;
import io.parley.domain.message.MessageLog;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.Disposable;
import reactor.core.Disposables;

/** A log writer that runs as a node's does, and tells nobody. */
final class Writing {
    private Writing() {}

    /** Stops it afterwards. */
    static <T> T with(MessageLog log, Function<LogWriter, T> test) {
        LogWriter writer = new LogWriter(log, silent());
        Disposable.Composite running = Disposables.composite();
        writer.pipelines().forEach(lane -> running.add(lane.run().subscribe()));
        try {
            return test.apply(writer);
        } finally {
            running.dispose();
        }
    }

    private static Announcer silent() {
        return new Announcer(
                change -> new EncodedChange(new UUID(0, 0), change.entry(), 1, new byte[0]),
                changes -> changes,
                null,
                new Announcer.Kept(new RecentWriter(null), null));
    }
}
