package io.parley.domain.live;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import java.time.Duration;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Schedulers;

/**
 * Lets so much work at once in, and so much wait for its turn, in the order of arrival: many who come at the same time do
 * not take everything from those who are there. From any thread.
 */
final class Admission {
    private final Queue<Turn> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final AtomicInteger drains = new AtomicInteger();
    private final AtomicInteger free;
    private final int mayWait;
    private final Duration patience;

    Admission(int atOnce, int mayWait, Duration patience) {
        this.free = new AtomicInteger(atOnce);
        this.mayWait = mayWait;
        this.patience = patience;
    }

    /** The work, once it is its turn. Errors also: {@code Unavailable} NODE_BUSY if too much waits, or it waits too long. */
    <T> Mono<T> admit(Mono<T> work) {
        return admit(work, patience);
    }

    /** The same for who waits no longer than this. */
    <T> Mono<T> admit(Mono<T> work, Duration atMost) {
        return Mono.usingWhen(turn(atMost), turn -> work, turn -> Mono.fromRunnable(turn::over));
    }

    private Mono<Turn> turn(Duration atMost) {
        return Mono.defer(() -> waiting.isEmpty() && takeFree()
                ? Mono.just(new Turn(null))
                : Mono.<Turn>create(sink -> enqueue(sink, atMost)));
    }

    private boolean takeFree() {
        int now = free.get();
        while (now > 0 && !free.compareAndSet(now, now - 1)) {
            now = free.get();
        }
        return now > 0;
    }

    private void enqueue(MonoSink<Turn> sink, Duration atMost) {
        if (queued.incrementAndGet() > mayWait) {
            queued.decrementAndGet();
            sink.error(busy());
            return;
        }
        Turn turn = new Turn(sink);
        Disposable timer = Schedulers.parallel().schedule(turn::giveUp, atMost.toMillis(), TimeUnit.MILLISECONDS);
        sink.onDispose(timer);
        sink.onCancel(turn::leave);
        waiting.add(turn);
        drain();
    }

    private static Unavailable busy() {
        return new Unavailable(ErrorCode.NODE_BUSY, null);
    }

    /** Whoever finds somebody draining leaves it to them, and they look again. */
    private void drain() {
        if (drains.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            let();
            seen = drains.addAndGet(-seen);
        }
    }

    private void let() {
        while (!waiting.isEmpty() && takeFree()) {
            // Only who drains takes out: there is one.
            Turn next = waiting.remove();
            queued.decrementAndGet();
            next.begin();
        }
    }

    /** One who waits, then works, or goes before. */
    private final class Turn {
        private final AtomicReference<State> state;
        private final @Nullable MonoSink<Turn> sink;

        Turn(@Nullable MonoSink<Turn> sink) {
            this.sink = sink;
            this.state = new AtomicReference<>(sink == null ? State.WORKING : State.WAITING);
        }

        /** With a place that has been taken for it. */
        void begin() {
            if (state.compareAndSet(State.WAITING, State.WORKING)) {
                Objects.requireNonNull(sink).success(this);
            } else {
                giveBack();
            }
        }

        void giveUp() {
            if (state.compareAndSet(State.WAITING, State.OVER)) {
                Objects.requireNonNull(sink).error(busy());
            }
        }

        /** Whoever was let in at that very moment and did not hear of it gives back its place. */
        void leave() {
            if (!state.compareAndSet(State.WAITING, State.OVER)) {
                over();
            }
        }

        void over() {
            if (state.compareAndSet(State.WORKING, State.OVER)) {
                giveBack();
            }
        }

        private void giveBack() {
            free.incrementAndGet();
            drain();
        }
    }

    private enum State {
        WAITING,
        WORKING,
        OVER
    }
}
