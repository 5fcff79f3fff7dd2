package io.parley.loadtests;

import io.parley.api.MessageView;
import io.parley.api.Problem;
import io.parley.api.ServerFrame;
import io.parley.api.SignedInView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Says one message after the other, as a good client does: what is not acknowledged is said again with the same id, and
 * when the connection is lost, at the next node.
 */
final class Talker {
    private static final long PACE_MILLIS = 120;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration ACKNOWLEDGED_WITHIN = Duration.ofSeconds(60);

    private final List<MessageView> acknowledged = new ArrayList<>();
    private final List<String> setbacks = new CopyOnWriteArrayList<>();
    private final Replica replica = new Replica();
    private final List<ServerNode> nodes;
    private final SignedInView person;
    private final UUID conversation;
    private CompletableFuture<Void> talking = CompletableFuture.completedFuture(null);
    private int node;
    private volatile boolean stopping;
    private volatile @Nullable LiveSocketClient live;

    private Talker(List<ServerNode> nodes, SignedInView person, UUID conversation) {
        this.nodes = nodes;
        this.person = person;
        this.conversation = conversation;
    }

    /**
     * One that is connected, and listens.
     *
     * @param nodes where to go, in this order, again from the first after the last
     */
    static Talker connect(List<ServerNode> nodes, SignedInView person, UUID conversation) {
        Talker talker = new Talker(nodes, person, conversation);
        talker.connected();
        return talker;
    }

    void start() {
        talking = CompletableFuture.runAsync(this::talk, task -> new Thread(task, "talker").start());
    }

    Replica replica() {
        return replica;
    }

    /** How many messages have been acknowledged so far. */
    int count() {
        synchronized (acknowledged) {
            return acknowledged.size();
        }
    }

    /** Why something had to be said again, each time. */
    List<String> setbacks() {
        return List.copyOf(setbacks);
    }

    /** Everything that was acknowledged; all that was said, as it is said until it is. The connection stays. */
    List<MessageView> stop() {
        stopping = true;
        talking.join();
        return List.copyOf(acknowledged);
    }

    void close() {
        LiveSocketClient open = live;
        if (open != null) {
            open.close();
        }
    }

    private void talk() {
        while (!stopping) {
            MessageView message = say(UUID.randomUUID(), "message " + acknowledged.size());
            synchronized (acknowledged) {
                acknowledged.add(message);
            }
            pause(PACE_MILLIS);
        }
    }

    private MessageView say(UUID id, String text) {
        long deadline = System.nanoTime() + ACKNOWLEDGED_WITHIN.toNanos();
        MessageView message = trySay(id, text);
        while (message == null) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("nobody acknowledged " + text);
            }
            message = trySay(id, text);
        }
        return message;
    }

    private @Nullable MessageView trySay(UUID id, String text) {
        try {
            ServerFrame answer =
                    connected().send(conversation, id, text).get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            return answer instanceof ServerFrame.Ack ack
                    ? Objects.requireNonNull(ack.message())
                    : waitFor(((ServerFrame.Failure) answer).problem());
        } catch (CompletionException | ExecutionException | TimeoutException lost) {
            setbacks.add(lost.toString());
            moveOn();
            return null;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private @Nullable MessageView waitFor(Problem problem) {
        if (!problem.retryable()) {
            throw new IllegalStateException("refused for good: " + problem);
        }
        setbacks.add(problem.code());
        pause(problem.retryAfterMs() == null ? PACE_MILLIS : problem.retryAfterMs());
        return null;
    }

    private LiveSocketClient connected() {
        LiveSocketClient open = live;
        if (open == null) {
            open = nodes.get(node % nodes.size()).live(person, replica);
            live = open;
        }
        return open;
    }

    private void moveOn() {
        close();
        live = null;
        // Not by its own node's fault perhaps, but any node will do.
        node++;
        pause(PACE_MILLIS);
    }

    private static void pause(long millis) {
        new CompletableFuture<Void>()
                .completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                .join();
    }
}
