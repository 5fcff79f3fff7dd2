package io.parley.loadtests;

import io.parley.api.MessagePage;
import io.parley.api.MessageView;
import io.parley.api.PostMessage;
import io.parley.api.Routes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.json.JsonMapper;

/** The lobby of one node over HTTP, as a client has it. */
public final class LobbyClient {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client;
    private final URI node;

    LobbyClient(HttpClient client, URI node) {
        this.client = client;
        this.node = node;
    }

    /** The answer, whatever it is. Errors: {@code UncheckedIOException} if there is none. */
    public HttpResponse<String> post(PostMessage message) {
        return Exchange.text(
                client,
                request(Routes.LOBBY_MESSAGES)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(message)))
                        .build());
    }

    /** A new message, acknowledged. Errors: {@code IllegalStateException} if the node refuses it. */
    public MessageView post(String text) {
        HttpResponse<String> answer = post(new PostMessage(UUID.randomUUID(), text));
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("refused: " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readValue(answer.body(), MessageView.class);
    }

    /** The newest messages, newest first. */
    public List<MessageView> history() {
        HttpResponse<String> answer =
                Exchange.text(client, request(Routes.LOBBY_MESSAGES).build());
        return JSON.readValue(answer.body(), MessagePage.class).messages();
    }

    /** Follows the lobby as server-sent events; returns when the node has said that it hears us. */
    public EventStream live() {
        return EventStream.open(
                client, HttpRequest.newBuilder(node.resolve(Routes.LOBBY_LIVE)).build());
    }

    /** Opens the live WebSocket. */
    public CompletableFuture<WebSocket> socket(WebSocket.Listener listener) {
        URI socket = URI.create("ws://" + node.getAuthority() + Routes.LIVE_SOCKET);
        return client.newWebSocketBuilder().connectTimeout(ANSWER_WITHIN).buildAsync(socket, listener);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(node.resolve(path)).timeout(ANSWER_WITHIN);
    }
}
