package io.parley.loadtests.check.workload;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.loadtests.check.history.Actor;
import io.parley.loadtests.check.history.Call;
import io.parley.loadtests.check.history.Event;
import io.parley.loadtests.check.history.History;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One device's line to one node: what goes over it is written down, in order, until it has ended. */
final class Talking implements LiveLine.Listener {
    private static final long READY_WITHIN_SECONDS = 15;
    private static final long ANSWER_WITHIN_SECONDS = 15;

    private final Map<String, CompletableFuture<Result>> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();
    private final History history;
    private final Held held;
    private final Actor actor;
    private final long number;
    private volatile @Nullable LiveLine line;
    private @Nullable String end;

    private Talking(History history, Held held, Actor actor) {
        this.history = history;
        this.held = held;
        this.actor = actor;
        this.number = history.number();
    }

    /**
     * Connects, and returns when the node is ready or the line has ended.
     *
     * @param credit how many frames to allow at first; null: no credit, as many as the line carries
     */
    static Talking open(
            History history,
            Held held,
            Actor actor,
            HttpClient client,
            Door door,
            String token,
            @Nullable Long credit) {
        Talking talking = new Talking(history, held, actor);
        held.reconnect();
        history.add(at -> new Event.Opened(at, talking.number, actor, held.epoch(), held.offsets()));
        try {
            boolean webSocket = actor.via().equals("websocket");
            LiveLine opened =
                    webSocket ? new WebSocketLine(client, door, talking) : new RSocketLine(door, token, talking);
            talking.line = opened;
            opened.say(new ClientFrame.Hello(null, webSocket ? token : null, actor.device(), credit));
            opened.say(new ClientFrame.Resume(null, held.epoch(), held.offsets(), true));
            talking.ready.get(READY_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RuntimeException notReady) {
            talking.cut(notReady.toString());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            talking.cut("interrupted");
        }
        return talking;
    }

    synchronized boolean isOver() {
        return end != null;
    }

    /** Ends the line from this side. */
    void cut(String why) {
        ended(why);
        LiveLine open = line;
        if (open != null) {
            open.cut();
        }
    }

    LiveLine line() {
        return Objects.requireNonNull(line);
    }

    /** Says it, and returns at once. */
    CompletableFuture<Result> say(Call call) {
        long op = history.number();
        String ref = Long.toString(op);
        CompletableFuture<Result> answer = new CompletableFuture<>();
        pending.put(ref, answer);
        history.add(at -> new Event.Invoked(at, op, actor, call));
        line().say(frame(ref, call));
        if (isOver()) {
            abandon("the line has ended");
        }
        return answer.completeOnTimeout(Result.unknown("no answer"), ANSWER_WITHIN_SECONDS, TimeUnit.SECONDS)
                .thenApply(result -> {
                    history.add(at -> result.end(at, op));
                    return result;
                });
    }

    private static ClientFrame frame(String ref, Call call) {
        return switch (call.verb()) {
            case SEND ->
                new ClientFrame.Send(
                        ref,
                        call.conversation(),
                        Objects.requireNonNull(call.key()),
                        Objects.requireNonNull(call.text()));
            case EDIT ->
                new ClientFrame.Edit(
                        ref,
                        call.conversation(),
                        Objects.requireNonNull(call.message()),
                        Objects.requireNonNull(call.text()));
            case DELETE -> new ClientFrame.Delete(ref, call.conversation(), Objects.requireNonNull(call.message()));
            case READ -> new ClientFrame.Read(ref, call.conversation(), Objects.requireNonNull(call.seq()));
            case RECEIVED -> new ClientFrame.Received(ref, call.conversation(), Objects.requireNonNull(call.seq()));
            default -> throw new IllegalArgumentException("not over a live line: " + call);
        };
    }

    @Override
    public synchronized void hear(ServerFrame frame) {
        if (end != null) {
            return;
        }
        history.add(at -> new Event.Heard(at, number, frame));
        held.take(frame);
        if (frame instanceof ServerFrame.Ack ack) {
            answer(ack.ref(), frame);
        } else if (frame instanceof ServerFrame.Failure failure && failure.ref() != null) {
            answer(failure.ref(), frame);
        } else if (frame instanceof ServerFrame.Ready last && last.last()) {
            ready.complete(true);
        }
    }

    private void answer(String ref, ServerFrame frame) {
        CompletableFuture<Result> waiting = pending.remove(ref);
        if (waiting != null) {
            waiting.complete(Result.of(frame));
        }
    }

    @Override
    public void ended(String why) {
        synchronized (this) {
            if (end != null) {
                return;
            }
            end = why;
            history.add(at -> new Event.Closed(at, number, why));
        }
        abandon(why);
    }

    private void abandon(String why) {
        ready.completeExceptionally(new IllegalStateException(why));
        pending.values().forEach(answer -> answer.complete(Result.unknown(why)));
    }
}
