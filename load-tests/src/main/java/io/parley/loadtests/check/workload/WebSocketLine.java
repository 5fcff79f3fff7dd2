package io.parley.loadtests.check.workload;

import io.parley.api.ClientFrame;
import io.parley.api.Routes;
import io.parley.api.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A live connection over WebSocket. */
final class WebSocketLine implements LiveLine {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

    private final WebSocket socket;
    private final AtomicInteger owed = new AtomicInteger();
    private volatile boolean paused;
    private CompletableFuture<WebSocket> sent;

    /** Errors: {@code CompletionException} if it cannot connect. */
    WebSocketLine(HttpClient client, Door door, Listener listener) {
        socket = client.newWebSocketBuilder()
                .connectTimeout(CONNECT_WITHIN)
                .buildAsync(URI.create("ws://" + door.http().getAuthority() + Routes.LIVE_SOCKET), new Ear(listener))
                .join();
        sent = CompletableFuture.completedFuture(socket);
    }

    @Override
    public synchronized void say(ClientFrame frame) {
        String text = Rest.JSON.writerFor(ClientFrame.class).writeValueAsString(frame);
        sent = sent.exceptionally(broken -> socket).thenCompose(before -> socket.sendText(text, true));
    }

    @Override
    public void pause(boolean pause) {
        paused = pause;
        int more = pause ? 0 : owed.getAndSet(0);
        if (more > 0) {
            socket.request(more);
        }
    }

    @Override
    public void cut() {
        socket.abort();
    }

    private final class Ear implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final Listener listener;

        Ear(Listener listener) {
            this.listener = listener;
        }

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                read(whole);
            }
            if (paused) {
                owed.incrementAndGet();
                // Whoever went on meanwhile did not see it.
                pause(paused);
            } else {
                from.request(1);
            }
            return null;
        }

        private void read(String whole) {
            try {
                listener.hear(Rest.JSON.readValue(whole, ServerFrame.class));
            } catch (JacksonException unreadable) {
                listener.ended("unreadable: " + whole);
            }
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket from, int statusCode, String reason) {
            listener.ended("closed " + statusCode);
            return null;
        }

        @Override
        public void onError(WebSocket from, Throwable error) {
            listener.ended(error.toString());
        }
    }
}
