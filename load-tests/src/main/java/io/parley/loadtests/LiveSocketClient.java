package io.parley.loadtests;

import io.parley.api.ClientFrame;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * One live connection over WebSocket. What it hears goes into a {@link Replica}, which notes what breaks the contract;
 * answers go to who sent the command.
 */
public final class LiveSocketClient implements AutoCloseable {
    /** What {@link #closed} says of a connection that broke. */
    public static final int BROKEN = 1006;

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, CompletableFuture<ServerFrame>> pending = new ConcurrentHashMap<>();
    private final CompletableFuture<ServerFrame.Ready> ready = new CompletableFuture<>();
    private final CompletableFuture<ServerFrame.GoAway> goAway = new CompletableFuture<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final AtomicLong refs = new AtomicLong();
    private final Replica replica;
    private final WebSocket socket;
    private CompletableFuture<WebSocket> sent;

    private LiveSocketClient(HttpClient client, URI node, Replica replica) {
        this.replica = replica;
        URI live = URI.create("ws://" + node.getAuthority() + Routes.LIVE_SOCKET);
        this.socket = client.newWebSocketBuilder()
                .connectTimeout(WITHIN)
                .buildAsync(live, new Listener())
                .join();
        this.sent = CompletableFuture.completedFuture(socket);
    }

    /**
     * Connects, resumes where the replica stands, and returns when the node is ready. Errors: {@code CompletionException}
     * if it does not become ready.
     */
    static LiveSocketClient open(HttpClient client, URI node, String token, Replica replica) {
        LiveSocketClient live = new LiveSocketClient(client, node, replica);
        live.say(new ClientFrame.Hello(null, token, null));
        live.say(replica.resume());
        live.ready.orTimeout(WITHIN.toSeconds(), TimeUnit.SECONDS).join();
        return live;
    }

    public Replica replica() {
        return replica;
    }

    /** Value: how the connection ended, as a close code. */
    public CompletableFuture<Integer> closed() {
        return closed.copy();
    }

    /** Value: why it is going to end, if the node says so. */
    public CompletableFuture<ServerFrame.GoAway> goAway() {
        return goAway.copy();
    }

    /**
     * Value: the answer, be it an error. Errors: {@code IllegalStateException} once the connection has ended; {@code
     * TimeoutException} if there is none within a minute.
     */
    public CompletableFuture<ServerFrame> send(UUID conversation, UUID clientMessageId, String text) {
        return command(ref -> new ClientFrame.Send(ref, conversation, clientMessageId, text));
    }

    private CompletableFuture<ServerFrame> command(Function<String, ClientFrame> frame) {
        String ref = Long.toString(refs.incrementAndGet());
        CompletableFuture<ServerFrame> answer = new CompletableFuture<>();
        pending.put(ref, answer);
        say(frame.apply(ref));
        if (closed.isDone()) {
            abandon();
        }
        return answer.orTimeout(1, TimeUnit.MINUTES);
    }

    /** One after the other: the JDK's WebSocket wants it so. */
    private synchronized void say(ClientFrame frame) {
        String text = JSON.writerFor(ClientFrame.class).writeValueAsString(frame);
        sent = sent.exceptionally(broken -> socket).thenCompose(before -> socket.sendText(text, true));
    }

    /** Cuts the connection, as a network does. */
    @Override
    public void close() {
        socket.abort();
        end(BROKEN);
    }

    private void end(int code) {
        closed.complete(code);
        abandon();
    }

    private void abandon() {
        IllegalStateException ended = new IllegalStateException("the connection has ended");
        ready.completeExceptionally(ended);
        goAway.completeExceptionally(ended);
        pending.values().forEach(answer -> answer.completeExceptionally(ended));
    }

    private void take(ServerFrame frame) {
        if (frame instanceof ServerFrame.Ack ack) {
            answer(ack.ref(), frame);
        } else if (frame instanceof ServerFrame.Pong pong) {
            answer(pong.ref(), frame);
        } else if (frame instanceof ServerFrame.Failure failure) {
            answer(failure.ref(), frame);
        } else if (frame instanceof ServerFrame.GoAway going) {
            goAway.complete(going);
        } else {
            replica.take(frame);
        }
        if (frame instanceof ServerFrame.Ready last && last.last()) {
            ready.complete(last);
        }
    }

    private void answer(@Nullable String ref, ServerFrame frame) {
        CompletableFuture<ServerFrame> waiting = ref == null ? null : pending.remove(ref);
        if (waiting == null) {
            replica.violated("an answer to nothing, or a second one: " + frame);
        } else {
            waiting.complete(frame);
        }
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                read(whole);
            }
            socket.request(1);
            return null;
        }

        private void read(String whole) {
            try {
                take(JSON.readValue(whole, ServerFrame.class));
            } catch (JacksonException unreadable) {
                replica.violated(unreadable.getMessage() + ": " + whole);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
            end(statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            end(BROKEN);
        }
    }
}
