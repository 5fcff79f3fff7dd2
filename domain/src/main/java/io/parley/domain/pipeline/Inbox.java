package io.parley.domain.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;
import reactor.core.publisher.FluxSink.OverflowStrategy;
import reactor.util.concurrent.Queues;

/**
 * Where any threads put in what one pipeline takes out: bounded, and nobody waits for anybody. What is in here outlives
 * the pipeline's runs.
 */
public final class Inbox<T> {
    private final int capacity;

    /** Without a lock, since event loops offer to it; {@link #held} is what bounds it. */
    private final Queue<T> waiting = Queues.<T>unboundedMultiproducer().get();

    private final AtomicInteger held = new AtomicInteger();

    /** How many have come since the pipeline fell asleep; 0 while it sleeps. */
    private final AtomicInteger arrived = new AtomicInteger();

    /** Wakes the pipeline of the present run. Takes signals of several threads at once: one of them hands on all. */
    private volatile @Nullable FluxSink<Boolean> bell;

    public Inbox(int capacity) {
        this.capacity = capacity;
    }

    /** False if it is full; from any thread, never waits. Those of one thread come out in their order. */
    public boolean offer(T item) {
        if (held.incrementAndGet() > capacity) {
            held.decrementAndGet();
            return false;
        }
        waiting.add(item);
        // Only who finds the pipeline asleep wakes it: whoever comes while it is awake, is seen before it falls asleep.
        if (arrived.getAndIncrement() == 0) {
            wake();
        }
        return true;
    }

    private void wake() {
        FluxSink<Boolean> present = bell;
        if (present != null) {
            present.next(Boolean.TRUE);
        }
    }

    /** The one that has waited longest; null if nothing does. For the pipeline alone. */
    public @Nullable T poll() {
        T item = waiting.poll();
        if (item != null) {
            held.decrementAndGet();
        }
        return item;
    }

    /**
     * Emits what {@code next} takes out, one for each that is asked for, until it takes nothing; and again when something
     * comes. Never completes. To be run by one subscriber at a time.
     *
     * @param next calls {@link #poll}; empty only when that has answered null, and it keeps nothing back
     */
    public <R> Flux<R> taken(Supplier<Optional<R>> next) {
        return Flux.<Boolean>create(this::listen, OverflowStrategy.LATEST).concatMap(signal -> untilEmpty(next), 0);
    }

    /** Listens first, and looks then: nothing falls between. */
    private void listen(FluxSink<Boolean> sink) {
        bell = sink;
        sink.next(Boolean.TRUE);
    }

    /** The same, at most so many together: whatever has come since the last ones were asked for. */
    public Flux<List<T>> batches(int most) {
        return taken(() -> batch(most));
    }

    private Optional<List<T>> batch(int most) {
        List<T> batch = new ArrayList<>();
        for (T item = poll(); item != null; item = batch.size() < most ? poll() : null) {
            batch.add(item);
        }
        return batch.isEmpty() ? Optional.empty() : Optional.of(batch);
    }

    /** Sleeps only if nothing has come since before it looked. */
    private <R> Flux<R> untilEmpty(Supplier<Optional<R>> next) {
        return Flux.generate(arrived::get, (seen, sink) -> {
            int unseen = seen;
            Optional<R> found = next.get();
            while (found.isEmpty()) {
                unseen = arrived.addAndGet(-unseen);
                if (unseen == 0) {
                    sink.complete();
                    return unseen;
                }
                found = next.get();
            }
            sink.next(found.get());
            return unseen;
        });
    }
}
