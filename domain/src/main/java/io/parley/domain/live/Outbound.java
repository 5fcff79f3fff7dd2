package io.parley.domain.live;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.live.LiveConnection.HintKey;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Operators;

/**
 * What waits to be sent to one client, in four classes: answers go before durable frames, those before receipts, and
 * those before what may be lost. It hands on what the outlet takes and the client's credit allows. Of durable frames it
 * holds what it was given while it was {@link #isClear}: at most 256 frames or 64 KiB. Confined to its loop, but for {@link
 * #answered}.
 */
final class Outbound {
    /** Whoever does not take answers gets no more commands read. */
    static final int MAX_ANSWERS = 64;

    static final int MAX_ANSWER_BYTES = 32 * 1024;

    static final int MAX_RECEIPTS = 128;
    static final int MAX_EPHEMERAL = 64;

    /** What is left for durable frames when there is little demand. */
    static final int RESERVED = 8;

    private static final long UNLIMITED = Long.MAX_VALUE;

    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final Deque<Frame> durable = new ArrayDeque<>();
    private final Map<HintKey, byte[]> receipts = new LinkedHashMap<>();
    private final Map<HintKey, byte[]> ephemeral = new LinkedHashMap<>();
    private final Loop loop;
    private final Outlet outlet;
    private final LiveFrames frames;
    private final Runnable onClear;

    /** What is told when nothing else waits, as long as it has something. */
    private Supplier<byte @Nullable []> rest = () -> null;

    private Iterator<byte[]> pages = Collections.emptyIterator();
    private @Nullable MonoSink<Void> answering;
    private long credit = UNLIMITED;
    private @Nullable Runnable onEmpty;
    private int answerBytes;
    private boolean draining;
    private boolean ended;

    /** @param onClear called on the loop when it may have become clear */
    Outbound(Loop loop, Outlet outlet, LiveFrames frames, Runnable onClear) {
        this.loop = loop;
        this.outlet = outlet;
        this.frames = frames;
        this.onClear = onClear;
    }

    /** Once, on the loop. */
    void begin() {
        outlet.listen(this::drain);
    }

    /** On the loop: nothing is taken any more, and nothing waits. */
    void end() {
        ended = true;
        pages = Collections.emptyIterator();
        answers.clear();
        durable.forEach(Frame::release);
        durable.clear();
        receipts.clear();
        ephemeral.clear();
    }

    /** What goes out when there is nothing else, and is made when it is its turn. */
    void rest(Supplier<byte @Nullable []> frames) {
        rest = frames;
    }

    /** There is something to tell that is made when it is its turn. */
    void look() {
        drain();
    }

    /** Runs the task once nothing waits any more; nothing is to come after that. */
    void afterAll(Runnable task) {
        onEmpty = task;
        drain();
    }

    /** From now on the client takes so many frames, besides answers, until it allows more. */
    void limit(long frames) {
        credit = frames;
    }

    /** Errors: {@code InvalidInput} if the client has set no limit. */
    void allow(long frames) {
        if (credit == UNLIMITED) {
            throw new InvalidInput(ErrorCode.LIVE_CREDIT_UNSTATED);
        }
        credit = Math.min(Operators.addCap(credit, frames), UNLIMITED - 1);
        drain();
    }

    /** Whether no durable frame waits, and one would be taken now. */
    boolean isClear() {
        return room() > 0;
    }

    /** How many durable frames would be taken now, as far as that can be told; 0 as long as one waits. */
    int room() {
        return ended || !durable.isEmpty() ? 0 : (int) Math.min(Integer.MAX_VALUE, Math.min(outlet.takes(), credit));
    }

    /** Takes over the caller's reference. */
    void durable(Frame frame) {
        if (ended) {
            frame.release();
            return;
        }
        durable.add(frame);
        drain();
    }

    /** Only the latest of a key waits; with too many keys the oldest is forgotten. */
    void receipt(HintKey key, byte[] frame) {
        latest(receipts, key, frame, MAX_RECEIPTS);
    }

    /** The same, for what is dropped first. */
    void ephemeral(HintKey key, byte[] frame) {
        latest(ephemeral, key, frame, MAX_EPHEMERAL);
    }

    private void latest(Map<HintKey, byte[]> waiting, HintKey key, byte[] frame, int most) {
        if (ended) {
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
        if (!ended) {
            answers.add(frame);
            answerBytes += frame.length;
            drain();
        }
    }

    /** Before all answers; each page is made when it is its turn, so that a long list never waits as a whole. */
    void answerInPages(Iterator<byte[]> some) {
        if (!ended) {
            pages = some;
            drain();
        }
    }

    /** Completes when the answer is taken or few enough others wait; from any thread, one at a time. */
    Mono<Void> answered(byte[] frame) {
        return Mono.create(sink -> onLoop(() -> {
            answer(frame);
            if (fewAnswersWait()) {
                sink.success();
            } else {
                answering = sink;
            }
        }));
    }

    private void onLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }

    private void drain() {
        if (draining || ended) {
            return;
        }
        draining = true;
        try {
            Frame frame = next();
            while (frame != null) {
                outlet.offer(frame);
                frame = next();
            }
        } finally {
            draining = false;
        }
        goOn();
    }

    private void goOn() {
        MonoSink<Void> waiting = answering;
        if (waiting != null && fewAnswersWait()) {
            answering = null;
            waiting.success();
        }
        if (isClear()) {
            onClear.run();
        }
        Runnable last = onEmpty;
        if (last != null && isEmpty()) {
            onEmpty = null;
            last.run();
        }
    }

    private boolean isEmpty() {
        return answers.isEmpty() && durable.isEmpty();
    }

    private @Nullable Frame next() {
        long takes = outlet.takes();
        if (takes == 0) {
            return null;
        }
        byte[] answer = pages.hasNext() ? nextPage() : nextAnswer();
        return answer != null ? frames.of(answer) : withinCredit(Math.min(takes, credit));
    }

    /** What the pages are made of is not kept beyond the last. */
    private byte[] nextPage() {
        byte[] page = pages.next();
        if (!pages.hasNext()) {
            pages = Collections.emptyIterator();
        }
        return page;
    }

    private byte @Nullable [] nextAnswer() {
        byte[] answer = answers.poll();
        answerBytes -= answer == null ? 0 : answer.length;
        return answer;
    }

    private boolean fewAnswersWait() {
        return answers.size() < MAX_ANSWERS && answerBytes < MAX_ANSWER_BYTES;
    }

    private @Nullable Frame withinCredit(long takes) {
        Frame frame = takes > 0 ? durable.poll() : null;
        if (frame == null && takes > RESERVED) {
            frame = first(receipts.isEmpty() ? ephemeral : receipts, rest);
        }
        if (frame != null && credit != UNLIMITED) {
            credit--;
        }
        return frame;
    }

    private @Nullable Frame first(Map<HintKey, byte[]> waiting, Supplier<byte @Nullable []> others) {
        Iterator<byte[]> any = waiting.values().iterator();
        if (!any.hasNext()) {
            byte[] other = others.get();
            return other == null ? null : frames.of(other);
        }
        byte[] frame = any.next();
        any.remove();
        return frames.of(frame);
    }
}
