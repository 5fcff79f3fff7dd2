package io.parley.app.live;

import io.parley.app.testing.Node;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Over the JDK's WebSocket, which reads nothing that was not asked for. */
final class SocketWire implements Wire {
    private final WebSocket socket;

    SocketWire(WebSocket socket) {
        this.socket = socket;
    }

    /** With little room in the kernel: what a client does not read is the server's to keep, or not. */
    static WebSocket.Builder builder() {
        System.setProperty("jdk.httpclient.receiveBufferSize", "16384");
        return HttpClient.newHttpClient().newWebSocketBuilder();
    }

    @Override
    public void say(String frame) {
        if (!frame.isEmpty()) {
            part(frame, true);
        }
    }

    /** A part of a message. */
    void part(String text, boolean last) {
        socket.sendText(text, last)
                .orTimeout(Node.TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    @Override
    public void request(long frames) {
        socket.request(frames);
    }

    @Override
    public void cut() {
        socket.abort();
    }

    /** Puts the parts of a frame together. */
    static final class Receiver implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();
        private final Listener listener;

        Receiver(Listener listener) {
            this.listener = listener;
        }

        @Override
        public void onOpen(WebSocket socket) {
            // The test asks.
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                listener.onFrame().accept(text.toString());
                text.setLength(0);
            } else {
                socket.request(1);
            }
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
            listener.onEnd().accept(new Ending(status, reason));
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            listener.onEnd().accept(new Ending(0, error.toString()));
        }
    }
}
