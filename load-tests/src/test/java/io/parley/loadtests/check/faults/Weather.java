package io.parley.loadtests.check.faults;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.parley.loadtests.check.faults.TcpProxy.Direction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What a proxy does to its connections now. */
final class Weather {
    private final Map<Direction, Boolean> held = new EnumMap<>(Direction.class);
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private final AtomicInteger answersCut = new AtomicInteger();
    private volatile boolean cut;
    private volatile long delayNanos;
    private volatile String pattern = "";

    boolean isCut() {
        return cut;
    }

    void cut(boolean all) {
        cut = all;
    }

    synchronized boolean isHeld(Direction direction) {
        return held.getOrDefault(direction, false);
    }

    synchronized void hold(Direction direction, boolean hold) {
        held.put(direction, hold);
    }

    long delayNanos() {
        return delayNanos;
    }

    void delay(Duration delay) {
        delayNanos = delay.toNanos();
    }

    void cutAnswersTo(String text, int times) {
        pattern = text;
        cutsLeft.set(times);
    }

    int answersCut() {
        return answersCut.get();
    }

    /** Whether the answer to these bytes is to be cut; each yes counts. */
    boolean takesAnswerTo(ByteBuf bytes) {
        String wanted = pattern;
        if (cutsLeft.get() <= 0 || wanted.isEmpty()) {
            return false;
        }
        ByteBuf needle = Unpooled.wrappedBuffer(wanted.getBytes(StandardCharsets.UTF_8));
        boolean found = ByteBufUtil.indexOf(needle, bytes) >= 0;
        return found && cutsLeft.getAndDecrement() > 0;
    }

    void answerCut() {
        answersCut.incrementAndGet();
    }

    synchronized void clear() {
        held.clear();
        cut = false;
        delayNanos = 0;
        cutsLeft.set(0);
    }
}
