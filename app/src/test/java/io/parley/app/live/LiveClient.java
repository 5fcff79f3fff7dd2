package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.app.testing.Node;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.awaitility.Awaitility;
import tools.jackson.databind.json.JsonMapper;

/** One connection of a client, which checks every frame against its {@link Replica}. */
final class LiveClient {
    private static final long ALL = Long.MAX_VALUE / 2;

    private final List<ServerFrame> frames = new CopyOnWriteArrayList<>();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();
    private final AtomicReference<Wire.Ending> ending = new AtomicReference<>();
    private final AtomicInteger refs = new AtomicInteger();
    private final JsonMapper json;
    private final Replica replica;
    private final Wire wire;

    LiveClient(JsonMapper json, Replica replica, Function<Wire.Listener, Wire> transport) {
        this.json = json;
        this.replica = replica;
        this.wire = transport.apply(new Wire.Listener(this::take, ending::set));
    }

    private void take(String text) {
        try {
            ServerFrame frame = json.readValue(text, ServerFrame.class);
            if (broken.get() == null) {
                replica.take(frame);
            }
            frames.add(frame);
        } catch (RuntimeException | AssertionError error) {
            broken.compareAndSet(null, new AssertionError(text + " after " + frames, error));
        }
    }

    /** Takes whatever comes. */
    LiveClient flowing() {
        wire.request(ALL);
        return this;
    }

    Wire wire() {
        return wire;
    }

    Replica replica() {
        return replica;
    }

    List<ServerFrame> frames() {
        return List.copyOf(frames);
    }

    <T extends ServerFrame> List<T> frames(Class<T> type) {
        return frames.stream().filter(type::isInstance).map(type::cast).toList();
    }

    void say(ClientFrame frame) {
        say(json.writerFor(ClientFrame.class).writeValueAsString(frame));
    }

    void say(String frame) {
        wire.say(frame);
    }

    LiveClient hello(String token) {
        say(new ClientFrame.Hello(null, token, null));
        return this;
    }

    /** From where the replica stands. */
    LiveClient resume() {
        return resume(replica.epoch(), replica.offsets());
    }

    LiveClient resume(UUID epoch, Map<UUID, Long> offsets) {
        return resuming(epoch, offsets).ready();
    }

    /** Says so, and waits for nothing. */
    LiveClient resuming(UUID epoch, Map<UUID, Long> offsets) {
        replica.connects(offsets);
        say(new ClientFrame.Resume(null, epoch, offsets, true));
        return this;
    }

    LiveClient ready() {
        until("ready", replica::isReady);
        return this;
    }

    /** A ref that was not used yet. */
    String ref() {
        return "r" + refs.incrementAndGet();
    }

    /** Says it, and waits for the one answer. */
    ServerFrame ask(ClientFrame frame) {
        say(frame);
        return answer(frame.ref());
    }

    ServerFrame answer(String ref) {
        until("an answer to " + ref, () -> !answers(ref).isEmpty());
        return answers(ref).get(0);
    }

    List<ServerFrame> answers(String ref) {
        return frames.stream().filter(frame -> ref.equals(ref(frame))).toList();
    }

    private static String ref(ServerFrame frame) {
        if (frame instanceof ServerFrame.Ack ack) {
            return ack.ref();
        }
        if (frame instanceof ServerFrame.Pong pong) {
            return pong.ref();
        }
        return frame instanceof ServerFrame.Failure failure ? failure.ref() : null;
    }

    /** What was said before has been answered by now. */
    LiveClient settled() {
        assertThat(ask(new ClientFrame.Ping(ref()))).isInstanceOf(ServerFrame.Pong.class);
        return this;
    }

    void until(String what, Callable<Boolean> condition) {
        until(what, Node.TIMEOUT, condition);
    }

    /** Fails at once when the contract was broken. */
    void until(String what, Duration timeout, Callable<Boolean> condition) {
        Awaitility.await(what)
                .pollInterval(Duration.ofMillis(10))
                .atMost(timeout)
                .failFast("the contract is broken", () -> {
                    holds();
                })
                .until(condition);
        holds();
    }

    void holds() {
        Throwable error = broken.get();
        if (error != null) {
            throw new AssertionError("the contract is broken", error);
        }
    }

    Wire.Ending ending(Duration within) {
        until("the end", within, () -> ending.get() != null);
        return ending.get();
    }

    boolean isOpen() {
        return ending.get() == null;
    }

    void cut() {
        wire.cut();
        holds();
    }
}
