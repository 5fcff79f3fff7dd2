package io.parley.domain.live;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Operators;

/**
 * An outlet whose reader says how much it takes: it emits what is asked for and no more (Reactive Streams, rule 1.1). To
 * be subscribed once; whoever receives a frame releases it. It never ends by itself.
 */
public final class PacedOutlet implements Outlet, Publisher<Frame>, Subscription {
    private final Loop loop;
    private final BooleanSupplier writable;
    private @Nullable Subscriber<? super Frame> subscriber;
    private @Nullable Runnable onRoom;
    private long demand;
    private volatile boolean cancelled;

    /**
     * @param writable whether what carries the frames takes them, where that does not show in the demand; called on the
     *     loop. Once it does again, {@link #wake} is to be called.
     */
    public PacedOutlet(Loop loop, BooleanSupplier writable) {
        this.loop = loop;
        this.writable = writable;
    }

    /** From any thread. */
    @Override
    public void subscribe(Subscriber<? super Frame> subscriber) {
        loop.execute(() -> begin(subscriber));
    }

    private void begin(Subscriber<? super Frame> subscriber) {
        if (this.subscriber != null) {
            Operators.error(subscriber, new IllegalStateException("frames go to one client only"));
            return;
        }
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
    }

    /** From any thread. */
    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            onLoop(() -> {
                demand = Operators.addCap(demand, n);
                room();
            });
        }
    }

    /** There may be room again; from any thread. */
    public void wake() {
        onLoop(this::room);
    }

    private void room() {
        if (onRoom != null) {
            onRoom.run();
        }
    }

    /** From any thread. */
    @Override
    public void cancel() {
        // At once: what is offered afterwards would not be released by anybody.
        cancelled = true;
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    @Override
    public void listen(Runnable onRoom) {
        this.onRoom = onRoom;
    }

    @Override
    public long takes() {
        return cancelled || !writable.getAsBoolean() ? 0 : demand;
    }

    @Override
    public void offer(Frame frame) {
        Subscriber<? super Frame> reader = subscriber;
        if (reader == null || cancelled) {
            frame.release();
            return;
        }
        demand = Operators.subOrZero(demand, 1);
        reader.onNext(frame);
    }
}
