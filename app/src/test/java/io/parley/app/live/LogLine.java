package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;

/** Who reads one log as a stream, believes every word of the contract, and fails when one is broken. */
final class LogLine {
    /** How a stream ended that was read to its end. */
    static final String COMPLETED = "completed";

    private final List<ServerFrame> frames = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();
    private final AtomicReference<String> ending = new AtomicReference<>();
    private final ReplicaLog log;
    private Wire wire;

    /** What carries the frames. */
    interface Wire {

        void request(long n);

        void cut();
    }

    /**
     * Where a reader stands.
     *
     * @param eventId the same as its transport says it; null where it says nothing
     */
    record Position(UUID epoch, long after, String eventId) {}

    LogLine(UUID log, long after) {
        this.log = new ReplicaLog(log, after);
    }

    LogLine over(Wire carried) {
        wire = carried;
        return this;
    }

    LogLine flowing() {
        wire.request(Long.MAX_VALUE);
        return this;
    }

    void request(long n) {
        wire.request(n);
    }

    void cut() {
        wire.cut();
        holds();
    }

    void hear(ServerFrame frame) {
        try {
            take(frame);
            frames.add(frame);
        } catch (RuntimeException | AssertionError error) {
            broken.compareAndSet(null, new AssertionError(frame + " after " + frames, error));
        }
    }

    /** @param how {@link #COMPLETED}, or the code of a problem */
    void end(String how) {
        ending.compareAndSet(null, how);
    }

    private void take(ServerFrame frame) {
        if (frame instanceof ServerFrame.Change change) {
            log.change(change);
        } else if (frame instanceof ServerFrame.Skip skip) {
            log.skip(skip.offset());
        } else if (frame instanceof ServerFrame.CatchUp stretch) {
            log.catchUp(stretch.from(), stretch.to());
        } else if (frame instanceof ServerFrame.CaughtUp stretch && frames.isEmpty()) {
            assertThat(stretch.offset()).as("where it stands").isEqualTo(log.offset());
        } else if (frame instanceof ServerFrame.CaughtUp stretch) {
            log.caughtUp(stretch.offset());
        } else if (frame instanceof ServerFrame.Gap gap) {
            log.gap(gap.to());
        } else {
            assertThat(frame).isInstanceOf(ServerFrame.GoAway.class);
        }
    }

    List<ServerFrame> frames() {
        return List.copyOf(frames);
    }

    <T extends ServerFrame> List<T> frames(Class<T> type) {
        return frames.stream().filter(type::isInstance).map(type::cast).toList();
    }

    ServerFrame last() {
        return frames.get(frames.size() - 1);
    }

    long offset() {
        return log.offset();
    }

    List<String> texts() {
        return log.messages().stream()
                .filter(message -> message.deletedAt() == null)
                .map(MessageView::text)
                .toList();
    }

    /** Has been told where it stands: it is live. */
    LogLine live() {
        until("the beginning", () -> !frames.isEmpty() && !log.isInCatchUp());
        return this;
    }

    boolean hasEnded() {
        return ending.get() != null;
    }

    String ending() {
        until("the end", () -> ending.get() != null);
        return ending.get();
    }

    void until(String what, Callable<Boolean> condition) {
        until(what, Node.TIMEOUT, condition);
    }

    void until(String what, Duration timeout, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(10))
                .atMost(timeout)
                .failFast("the contract is broken", this::holds)
                .until(condition);
        holds();
    }

    private void holds() {
        Throwable error = broken.get();
        if (error != null) {
            throw new AssertionError("the contract is broken", error);
        }
    }
}
