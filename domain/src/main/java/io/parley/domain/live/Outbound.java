package io.parley.domain.live;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;

/**
 * What waits to be sent to one client, in three classes: answers before durable frames before those that may be lost.
 * It emits what is asked for and no more (Reactive Streams, rule 1.1), and holds at most {@value #MAX_FRAMES} durable
 * frames. Confined to its loop, but for the methods that say otherwise.
 */
final class Outbound implements Publisher<byte[]>, Subscription {
    static final int MAX_FRAMES = 256;
    static final int MAX_BYTES = 256 * 1024;

    /** Whoever does not take answers gets no more commands read. */
    static final int MAX_ANSWERS = 64;

    static final int MAX_EPHEMERAL = 64;

    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final Deque<byte[]> durable = new ArrayDeque<>();
    private final Map<Object, byte[]> ephemeral = new LinkedHashMap<>();
    private final Loop loop;
    private final Runnable onRoom;
    private final Runnable onCancel;

    private @Nullable Subscriber<? super byte[]> subscriber;
    private @Nullable MonoSink<Void> answering;
    private long demand;
    private int durableBytes;
    private boolean draining;
    private boolean cancelled;

    /**
     * @param onRoom called on the loop whenever durable frames have left
     * @param onCancel called on the loop once nobody takes any more
     */
    Outbound(Loop loop, Runnable onRoom, Runnable onCancel) {
        this.loop = loop;
        this.onRoom = onRoom;
        this.onCancel = onCancel;
    }

    /** Once, from any thread. */
    @Override
    public void subscribe(Subscriber<? super byte[]> subscriber) {
        loop.execute(() -> begin(subscriber));
    }

    private void begin(Subscriber<? super byte[]> subscriber) {
        if (this.subscriber != null) {
            Operators.error(subscriber, new IllegalStateException("frames go to one client only"));
            return;
        }
        this.subscriber = subscriber;
        subscriber.onSubscribe(this);
        drain();
    }

    /** From any thread. */
    @Override
    public void request(long n) {
        if (Operators.validate(n)) {
            onLoop(() -> {
                demand = Operators.addCap(demand, n);
                drain();
            });
        }
    }

    /** From any thread. */
    @Override
    public void cancel() {
        onLoop(() -> {
            cancelled = true;
            answers.clear();
            durable.clear();
            ephemeral.clear();
            onCancel.run();
        });
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    /** Whether a durable frame of this size may wait, with as many others. */
    boolean hasRoom(int frames, int bytes) {
        return !cancelled && durable.size() + frames <= MAX_FRAMES && durableBytes + bytes <= MAX_BYTES;
    }

    void durable(byte[] frame) {
        if (!cancelled) {
            durable.add(frame);
            durableBytes += frame.length;
            drain();
        }
    }

    /** Only the latest of a key waits; with too many keys the oldest is forgotten. */
    void ephemeral(Object key, byte[] frame) {
        if (cancelled) {
            return;
        }
        ephemeral.put(key, frame);
        if (ephemeral.size() > MAX_EPHEMERAL) {
            Iterator<Object> oldest = ephemeral.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        drain();
    }

    void answer(byte[] frame) {
        if (!cancelled) {
            answers.add(frame);
            drain();
        }
    }

    /** Completes when the answer is taken or few enough others wait; from any thread, one at a time. */
    Mono<Void> answered(byte[] frame) {
        return Mono.create(sink -> onLoop(() -> {
            answer(frame);
            if (answers.size() < MAX_ANSWERS) {
                sink.success();
            } else {
                answering = sink;
            }
        }));
    }

    private void drain() {
        if (draining || subscriber == null) {
            return;
        }
        draining = true;
        int durableBefore = durable.size();
        byte[] frame = demand > 0 ? next() : null;
        while (frame != null) {
            demand = Operators.subOrZero(demand, 1);
            subscriber.onNext(frame);
            frame = demand > 0 ? next() : null;
        }
        draining = false;
        resume(durable.size() < durableBefore);
    }

    private void resume(boolean durableLeft) {
        MonoSink<Void> waiting = answering;
        if (waiting != null && answers.size() < MAX_ANSWERS) {
            answering = null;
            waiting.success();
        }
        if (durableLeft) {
            onRoom.run();
        }
    }

    private byte @Nullable [] next() {
        if (!answers.isEmpty()) {
            return answers.poll();
        }
        byte[] frame = durable.poll();
        if (frame != null) {
            durableBytes -= frame.length;
            return frame;
        }
        Iterator<byte[]> any = ephemeral.values().iterator();
        if (!any.hasNext()) {
            return null;
        }
        frame = any.next();
        any.remove();
        return frame;
    }
}
