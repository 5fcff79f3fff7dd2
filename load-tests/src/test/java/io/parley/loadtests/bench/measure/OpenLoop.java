package io.parley.loadtests.bench.measure;

import io.netty.buffer.ByteBuf;
import io.parley.loadtests.bench.process.Pause;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.Kind;
import io.parley.loadtests.bench.wire.LiveClient;
import java.time.Duration;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/**
 * Says things at a rate whatever becomes of them, and records how long after each was to be said it was heard, by each who
 * heard it. The first fifth is not recorded.
 */
final class OpenLoop implements Hearer {
    private static final long LONGEST_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int DIGITS = 3;

    private final Recorder recorder = new Recorder(LONGEST_NANOS, DIGITS);
    private volatile long from = Long.MAX_VALUE;

    @Override
    public void heard(LiveClient client, Kind kind, ByteBuf buffer, int index, int length) {
        if (kind != Kind.CHANGE) {
            return;
        }
        long intended = Marks.read(buffer, index, length);
        if (intended >= from) {
            recorder.recordValue(Math.min(LONGEST_NANOS, Math.max(0, System.nanoTime() - intended)));
        }
    }

    /** Value: in nanoseconds, once everybody has heard everything. */
    Histogram run(Room room, double rate, Duration time) {
        long every = (long) (1e9 / rate);
        long messages = Math.max(1, time.toNanos() / every);
        long start = System.nanoTime();
        recorder.reset();
        from = start + time.toNanos() / 5;
        for (long i = 0; i < messages; i++) {
            long intended = start + i * every;
            Pause.until(intended);
            room.say(intended);
        }
        room.awaitHeard();
        from = Long.MAX_VALUE;
        return recorder.getIntervalHistogram();
    }

    static double millis(Histogram histogram, double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e6;
    }
}
