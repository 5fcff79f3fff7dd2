package io.parley.domain.live;

import io.parley.domain.live.LiveConnection.HintKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;

/**
 * What waits to be sent to one client, in four classes: answers before durable frames before receipts before what is only
 * true for a moment.
 * It emits what is asked for and no more (Reactive Streams, rule 1.1), and holds at most {@value #MAX_FRAMES} durable
 * frames. Confined to its loop, but for the methods that say otherwise.
 */
final class Outbound implements Publisher<byte[]>, Subscription {
    static final int MAX_FRAMES = 256;
    static final int MAX_BYTES = 256 * 1024;

    /** Whoever does not take answers gets no more commands read. */
    static final int MAX_ANSWERS = 64;

    static final int MAX_EPHEMERAL = 64;
    static final int MAX_RECEIPTS = 256;

    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final Deque<byte[]> durable = new ArrayDeque<>();
    private final Map<HintKey, byte[]> receipts = new LinkedHashMap<>();
    private final Map<HintKey, byte[]> ephemeral = new LinkedHashMap<>();
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
            receipts.clear();
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
    void ephemeral(HintKey key, byte[] frame) {
        latest(ephemeral, MAX_EPHEMERAL, key, frame);
    }

    /** The same, before what is only true for a moment. */
    void receipt(HintKey key, byte[] frame) {
        latest(receipts, MAX_RECEIPTS, key, frame);
    }

    private void latest(Map<HintKey, byte[]> waiting, int most, HintKey key, byte[] frame) {
        if (cancelled) {
            return;
        }
        waiting.put(key, frame);
        if (waiting.size() > most) {
            Iterator<HintKey> oldest = waiting.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        drain();
    }

    /** Sends none of those hints any more. */
    void forget(Predicate<HintKey> keys) {
        receipts.keySet().removeIf(keys);
        ephemeral.keySet().removeIf(keys);
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
        return poll(receipts.isEmpty() ? ephemeral : receipts);
    }

    private static byte @Nullable [] poll(Map<HintKey, byte[]> waiting) {
        Iterator<byte[]> any = waiting.values().iterator();
        if (!any.hasNext()) {
            return null;
        }
        byte[] frame = any.next();
        any.remove();
        return frame;
    }
}
