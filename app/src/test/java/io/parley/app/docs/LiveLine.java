package io.parley.app.docs;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import io.parley.api.Routes;
import io.parley.app.testing.Node;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A live WebSocket with the JDK's client, as anybody has it. A close is heard like a frame of type {@code close}. */
final class LiveLine implements WebSocket.Listener {
    private static final long MOMENT_MILLIS = 500;

    private final JsonMapper json = JsonMapper.shared();
    private final BlockingQueue<ObjectNode> arriving = new LinkedBlockingQueue<>(1_000);
    private final List<ObjectNode> waiting = new ArrayList<>();
    private final StringBuilder parts = new StringBuilder();
    private final WebSocket socket;

    LiveLine(Node node) throws Exception {
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(node.webSocket(Routes.LIVE_SOCKET), this)
                .get(Node.TIMEOUT.toMillis(), MILLISECONDS);
    }

    void say(String frame) throws Exception {
        socket.sendText(frame, true).get(Node.TIMEOUT.toMillis(), MILLISECONDS);
    }

    void hangUp() throws Exception {
        socket.sendClose(WebSocket.NORMAL_CLOSURE, "").get(Node.TIMEOUT.toMillis(), MILLISECONDS);
    }

    /** The first frame of this type, whatever else arrives before it: between an ack and its change there is no order. */
    ObjectNode hear(String type) throws Exception {
        return hear(type, frame -> true);
    }

    /** The first such frame of this log. */
    ObjectNode hear(String type, Object logId) throws Exception {
        return hear(type, frame -> frame.path("logId").asString("").equals(logId.toString()));
    }

    private ObjectNode hear(String type, Predicate<JsonNode> wanted) throws Exception {
        long deadline = System.nanoTime() + Node.TIMEOUT.toNanos();
        for (int i = 0; i < waiting.size() || arrives(deadline); i++) {
            ObjectNode frame = waiting.get(i);
            if (frame.path("type").asString("").equals(type) && wanted.test(frame)) {
                return waiting.remove(i);
            }
        }
        throw new AssertionError("no " + type + " came, but " + waiting);
    }

    private boolean arrives(long deadline) throws InterruptedException {
        ObjectNode frame = arriving.poll(deadline - System.nanoTime(), NANOSECONDS);
        return frame != null && waiting.add(frame);
    }

    /** Whether a frame of this type came within a moment. */
    boolean hasHeard(String type) throws Exception {
        ObjectNode frame = arriving.poll(MOMENT_MILLIS, MILLISECONDS);
        if (frame != null) {
            waiting.add(frame);
        }
        return unasked().stream()
                .anyMatch(heard -> heard.path("type").asString("").equals(type));
    }

    /** What came and nobody asked for. */
    List<ObjectNode> unasked() {
        arriving.drainTo(waiting);
        return waiting;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        parts.append(text);
        if (last) {
            arriving.add((ObjectNode) json.readTree(parts.toString()));
            parts.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        arriving.add(
                json.createObjectNode().put("type", "close").put("code", code).put("reason", reason));
        return null;
    }
}
