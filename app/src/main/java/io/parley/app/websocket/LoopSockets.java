package io.parley.app.websocket;

import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The live WebSockets of one event loop. What is written to one of them while the loop is busy goes out in one write,
 * after the tasks that waited already; on an idle loop that is at once. Confined to its loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a task that fails is logged by Netty
final class LoopSockets {
    /** So many are flushed in one task: then others have their turn. */
    private static final int AT_ONCE = 256;

    private static final long LOOK_EVERY_SECONDS = 1;

    private final Queue<SocketOutlet> unflushed = new ArrayDeque<>();
    private final Set<SocketOutlet> open = new HashSet<>();
    private final EventExecutor loop;
    private final LongSupplier nanos;
    private boolean looking;

    LoopSockets(EventExecutor loop) {
        this(loop, System::nanoTime);
    }

    LoopSockets(EventExecutor loop, LongSupplier nanos) {
        this.loop = loop;
        this.nanos = nanos;
    }

    long now() {
        return nanos.getAsLong();
    }

    void add(SocketOutlet socket) {
        open.add(socket);
        if (!looking) {
            looking = true;
            lookLater();
        }
    }

    void remove(SocketOutlet socket) {
        open.remove(socket);
    }

    /** All of them are looked at by one timer, which ends with the last of them. */
    private void lookLater() {
        loop.schedule(this::look, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        List.copyOf(open).forEach(SocketOutlet::look);
        looking = !open.isEmpty();
        if (looking) {
            lookLater();
        }
    }

    void flushSoon(SocketOutlet socket) {
        unflushed.add(socket);
        if (unflushed.size() == 1) {
            loop.execute(this::flush);
        }
    }

    private void flush() {
        for (int i = 0; i < AT_ONCE && !unflushed.isEmpty(); i++) {
            // Out of the queue afterwards: what one flush sets off finds that this task is under way.
            unflushed.element().flush();
            unflushed.remove();
        }
        if (!unflushed.isEmpty()) {
            loop.execute(this::flush);
        }
    }
}
