package io.parley.loadtests;

import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.api.SignedInView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One person who says something at a steady pace, and one who listens, both over WebSocket. Notes of each message when it
 * was said, answered and heard; what is not acknowledged is said again with the same id, when the node asks for it or a
 * second later.
 */
final class Conversing implements AutoCloseable {
    private static final Duration LISTEN_EVERY = Duration.ofMillis(10);
    private static final Duration SAY_AGAIN_AFTER = Duration.ofSeconds(1);

    /** A node answers one after the other: that it cannot, takes it some seconds for each. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(4);
    private final Map<UUID, Said> all = new ConcurrentHashMap<>();
    private final AtomicBoolean connecting = new AtomicBoolean();
    private final Replica speakers = new Replica();
    private final Replica listeners = new Replica();
    private final ServerNode node;
    private final SignedInView speaker;
    private final SignedInView listener;
    private final UUID conversation;
    private final Notes notes;
    private volatile @Nullable LiveSocketClient mouth;
    private volatile @Nullable LiveSocketClient ear;
    private @Nullable ScheduledFuture<?> talking;
    private int heard;

    Conversing(ServerNode node, Notes notes) {
        this.node = node;
        this.notes = notes;
        this.speaker = node.strangers().register("speaker");
        this.listener = node.strangers().register("listener");
        this.conversation = node.as(speaker)
                .openGroup("an outage", List.of(listener.user().id()))
                .id();
        connect();
        clock.scheduleWithFixedDelay(this::listen, 0, LISTEN_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** What happens, as it happens; called by several threads. */
    interface Notes {
        void acknowledged();

        /** @param why the code of the problem, or what became of the connection */
        void failed(String why);

        void delivered(Duration sinceSaid);

        Notes NONE = new Notes() {
            @Override
            public void acknowledged() {}

            @Override
            public void failed(String why) {}

            @Override
            public void delivered(Duration sinceSaid) {}
        };
    }

    /** One message; times by the clock of the JVM, 0 for what has not happened. */
    static final class Said {
        final UUID id = UUID.randomUUID();
        final long said = System.nanoTime();
        volatile long acknowledged;
        volatile long heard;
        volatile @Nullable MessageView message;
        volatile boolean failed;

        /** How long after its acknowledgement it was heard; zero if before. */
        Duration delay() {
            return Duration.ofNanos(Math.max(0, heard - acknowledged));
        }
    }

    void talk(Duration pace) {
        talking = clock.scheduleAtFixedRate(this::say, 0, pace.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Says nothing new, and returns when everything has been acknowledged and heard. Errors: if not in time. */
    void finish(Duration within) {
        if (talking != null) {
            talking.cancel(false);
        }
        long deadline = System.nanoTime() + within.toNanos();
        while (all.values().stream().anyMatch(said -> said.acknowledged == 0 || said.heard == 0)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not acknowledged: "
                        + all.values().stream()
                                .filter(said -> said.acknowledged == 0)
                                .count() + ", not heard: "
                        + all.values().stream().filter(said -> said.heard == 0).count() + ", violations: "
                        + violations());
            }
            pause(LISTEN_EVERY);
        }
    }

    Stream<Said> said() {
        return all.values().stream();
    }

    UUID conversation() {
        return conversation;
    }

    /** What the listener holds. */
    List<MessageView> held() {
        return listeners.messages(conversation);
    }

    List<MessageView> history() {
        return node.as(listener).history(conversation);
    }

    int gaps() {
        return speakers.gaps(conversation) + listeners.gaps(conversation);
    }

    List<String> violations() {
        return Stream.of(speakers, listeners)
                .flatMap(replica -> replica.violations().stream())
                .toList();
    }

    /** Whether somebody who was not there before gets in now. */
    CompletableFuture<Boolean> visit() {
        return CompletableFuture.supplyAsync(() -> node.live(listener), clock)
                .thenApply(visitor -> {
                    visitor.close();
                    return true;
                })
                .completeOnTimeout(false, 5, TimeUnit.SECONDS)
                .exceptionally(refused -> false);
    }

    private void say() {
        Said said = new Said();
        all.put(said.id, said);
        say(said);
    }

    private void say(Said said) {
        LiveSocketClient open = mouth;
        if (open == null) {
            failed(said, "not connected");
            return;
        }
        try {
            open.send(conversation, said.id, "message " + said.id)
                    .orTimeout(ANSWER_WITHIN.toSeconds(), TimeUnit.SECONDS)
                    .whenComplete((answer, lost) -> answered(said, answer, lost));
        } catch (RuntimeException broken) {
            failed(said, "connection lost");
        }
    }

    private void answered(Said said, @Nullable ServerFrame answer, @Nullable Throwable lost) {
        if (answer instanceof ServerFrame.Ack ack) {
            said.message = ack.message();
            said.acknowledged = System.nanoTime();
            notes.acknowledged();
        } else if (answer instanceof ServerFrame.Failure failure) {
            Long pause = failure.problem().retryAfterMs();
            failed(said, failure.problem().code(), pause == null ? SAY_AGAIN_AFTER.toMillis() : pause);
        } else {
            failed(said, lost instanceof TimeoutException ? "no answer" : "connection lost");
        }
    }

    private void failed(Said said, String why) {
        failed(said, why, SAY_AGAIN_AFTER.toMillis());
    }

    private void failed(Said said, String why, long pauseMillis) {
        said.failed = true;
        notes.failed(why);
        clock.schedule(() -> say(said), pauseMillis, TimeUnit.MILLISECONDS);
    }

    private void listen() {
        List<MessageView> held = listeners.messages(conversation);
        for (; heard < held.size(); heard++) {
            Said said = all.get(held.get(heard).clientMessageId());
            if (said != null && said.heard == 0) {
                said.heard = System.nanoTime();
                notes.delivered(Duration.ofNanos(said.heard - said.said));
            }
        }
        if (lost(mouth) || lost(ear)) {
            clock.execute(this::connect);
        }
    }

    private static boolean lost(@Nullable LiveSocketClient client) {
        return client == null || client.closed().isDone();
    }

    /** Both again where they stood, whichever is gone; the next look tries once more if it fails. */
    private void connect() {
        if (!connecting.compareAndSet(false, true)) {
            return;
        }
        try {
            mouth = lost(mouth) ? node.live(speaker, speakers) : mouth;
            ear = lost(ear) ? node.live(listener, listeners) : ear;
        } catch (CompletionException | IllegalStateException refused) {
            pause(SAY_AGAIN_AFTER);
        } finally {
            connecting.set(false);
        }
    }

    private static void pause(Duration time) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, time.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void close() {
        clock.shutdownNow();
        Stream.of(mouth, ear).forEach(client -> {
            if (client != null) {
                client.close();
            }
        });
    }
}
