package io.parley.loadtests.bench.measure;

import io.netty.buffer.ByteBuf;
import io.parley.loadtests.bench.wire.Hearer;
import io.parley.loadtests.bench.wire.Kind;
import io.parley.loadtests.bench.wire.LiveClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Counts what clients hear, of which changes are waited for; one thread at a time waits. */
final class Tally implements Hearer {
    private final AtomicLong changes = new AtomicLong();
    private final LongAdder reads = new LongAdder();
    private final Hearer also;
    private final boolean everything;
    private volatile String error;
    private volatile int length;
    private volatile long wanted = Long.MAX_VALUE;
    private volatile Thread waiting;

    private Tally(Hearer also, boolean everything) {
        this.also = also;
        this.everything = everything;
    }

    static Tally ofChanges() {
        return new Tally(NONE, false);
    }

    /** @param also hears everything, too */
    static Tally ofChanges(Hearer also) {
        return new Tally(also, false);
    }

    /** Of a server all of whose frames are alike. */
    static Tally ofFrames() {
        return new Tally(NONE, true);
    }

    @Override
    public void heard(LiveClient client, Kind kind, ByteBuf buffer, int index, int size) {
        if (kind == Kind.ERROR) {
            error = buffer.toString(index, size, StandardCharsets.UTF_8);
            LockSupport.unpark(waiting);
        }
        also.heard(client, kind, buffer, index, size);
        if (everything || kind == Kind.CHANGE) {
            length = size;
            if (changes.incrementAndGet() == wanted) {
                LockSupport.unpark(waiting);
            }
        }
    }

    @Override
    public void together(int came) {
        reads.increment();
    }

    /** The error of before no longer counts. */
    void forgive() {
        error = null;
    }

    long changes() {
        return changes.get();
    }

    /** How many reads brought changes; all changes by this are how many came at once. */
    long reads() {
        return reads.sum();
    }

    /** Of the last change, on the wire, with its header. */
    int frameLength() {
        return length + 4;
    }

    /** Returns when so many have been heard in all. Errors: {@code IllegalStateException} if not in time, or an error came. */
    void await(long total, Duration within) {
        long deadline = System.nanoTime() + within.toNanos();
        waiting = Thread.currentThread();
        wanted = total;
        while (changes.get() < total) {
            if (error != null) {
                throw new IllegalStateException("the server refuses: " + error);
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException(changes.get() + " of " + total + " heard in " + within);
            }
            LockSupport.parkNanos(left);
        }
    }
}
