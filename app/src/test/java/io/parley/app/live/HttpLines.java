package io.parley.app.live;

import io.parley.api.Problem;
import io.parley.api.ServerFrame;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import tools.jackson.databind.json.JsonMapper;

/** The lines of one response, with the JDK's client, as anybody has it: as many as are asked for. */
final class HttpLines implements Flow.Subscriber<String>, LogLine.Wire {
    private static final String DATA = "data: ";
    private static final String ID = "id: ";

    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private final JsonMapper json;
    private final LogLine line;
    private volatile String lastEventId;
    private volatile String retry;

    HttpLines(JsonMapper json, LogLine line) {
        this.json = json;
        this.line = line;
    }

    HttpLines open(URI uri, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        headers.forEach(request::header);
        HttpClient.newHttpClient()
                .sendAsync(
                        request.build(),
                        info -> info.statusCode() == 200
                                ? BodySubscribers.fromLineSubscriber(this)
                                : BodySubscribers.mapping(problem(info), this::refused))
                .whenComplete((answer, error) -> line.end(error == null ? LogLine.COMPLETED : error.toString()));
        return this;
    }

    private static java.net.http.HttpResponse.BodySubscriber<String> problem(ResponseInfo info) {
        return BodyHandlers.ofString(StandardCharsets.UTF_8).apply(info);
    }

    private Void refused(String problem) {
        line.end(json.readValue(problem, Problem.class).code());
        return null;
    }

    /** Of the last event that had one. */
    String lastEventId() {
        return lastEventId;
    }

    /** What the last event said of coming back. */
    String retry() {
        return retry;
    }

    @Override
    public void onSubscribe(Flow.Subscription lines) {
        subscription.complete(lines);
    }

    @Override
    public void onNext(String text) {
        if (text.startsWith("{")) {
            line.hear(json.readValue(text, ServerFrame.class));
        } else if (text.startsWith(DATA)) {
            line.hear(json.readValue(text.substring(DATA.length()), ServerFrame.class));
        } else {
            field(text);
            // Asked for are frames.
            request(1);
        }
    }

    private void field(String text) {
        if (text.startsWith(ID)) {
            lastEventId = text.substring(ID.length());
        } else if (text.startsWith("retry: ")) {
            retry = text;
        }
    }

    @Override
    public void onError(Throwable error) {
        line.end(error.toString());
    }

    @Override
    public void onComplete() {
        line.end(LogLine.COMPLETED);
    }

    /** Once there are any: what is refused has none. */
    @Override
    public void request(long n) {
        subscription.thenAccept(lines -> lines.request(n));
    }

    @Override
    public void cut() {
        subscription.thenAccept(Flow.Subscription::cancel);
    }
}
