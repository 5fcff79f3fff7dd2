package io.parley.app.live;

import io.netty.util.concurrent.EventExecutor;
import io.parley.domain.live.Loop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/** The event loops of this server, as the live engine sees them. */
final class EventLoops {
    private final Supplier<? extends Iterable<EventExecutor>> group;
    private volatile List<Loop> loops = List.of();

    /** @param group asked once there is a connection, and always the same */
    EventLoops(Supplier<? extends Iterable<EventExecutor>> group) {
        this.group = group;
    }

    /** The loop on which the caller runs; any, where it runs on none. */
    Loop current() {
        List<Loop> all = all();
        return all.stream()
                .filter(Loop::inLoop)
                .findFirst()
                .orElseGet(() -> all.get(ThreadLocalRandom.current().nextInt(all.size())));
    }

    /** One of them. */
    Loop of(EventExecutor executor) {
        return new NettyLoop(executor);
    }

    private List<Loop> all() {
        if (loops.isEmpty()) {
            // Twice at worst, and equal then.
            loops = StreamSupport.stream(group.get().spliterator(), false)
                    .<Loop>map(NettyLoop::new)
                    .toList();
        }
        return loops;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // a task that fails is logged by Netty
    private record NettyLoop(EventExecutor executor) implements Loop {
        @Override
        public void execute(Runnable task) {
            executor.execute(task);
        }

        @Override
        public void later(Runnable task, Duration delay) {
            executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        }

        @Override
        public boolean inLoop() {
            return executor.inEventLoop();
        }
    }
}
