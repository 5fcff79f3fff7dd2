package io.parley.app.operations;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.concurrent.atomic.LongAdder;

/** Logs without ever making the caller wait; counts the lines that this costs when the disk or terminal is slow. */
public final class CountingAsyncAppender extends AsyncAppender {
    private static final LongAdder DROPPED = new LongAdder();

    /** A full queue drops what comes; a line that slips in between is counted all the same. */
    @Override
    protected void append(ILoggingEvent event) {
        if (getRemainingCapacity() == 0) {
            DROPPED.increment();
        }
        super.append(event);
    }

    /** Of all appenders of this kind, since the start. */
    static long dropped() {
        return DROPPED.sum();
    }
}
