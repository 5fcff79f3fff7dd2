package io.parley.loadtests;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;

/** An open stream of server-sent events: every line that came, and whether more can come. */
public final class EventStream implements AutoCloseable {
    private static final long OPEN_WITHIN_SECONDS = 10;

    private final Lines lines = new Lines();
    private final CompletableFuture<Void> ended;

    private EventStream(HttpClient client, HttpRequest request) {
        CompletableFuture<HttpResponse<Void>> exchange =
                client.sendAsync(request, HttpResponse.BodyHandlers.fromLineSubscriber(lines));
        this.ended = exchange.<Void>handle((answer, error) -> null);
    }

    /** Errors: {@code CompletionException} if no first line comes in time. */
    static EventStream open(HttpClient client, HttpRequest request) {
        EventStream stream = new EventStream(client, request);
        stream.lines.first.orTimeout(OPEN_WITHIN_SECONDS, TimeUnit.SECONDS).join();
        return stream;
    }

    public List<String> lines() {
        return List.copyOf(lines.received);
    }

    public boolean isOpen() {
        return !ended.isDone();
    }

    /** Breaks the connection. */
    @Override
    public void close() {
        lines.subscription.join().cancel();
    }

    private static final class Lines implements Flow.Subscriber<String> {
        private final CopyOnWriteArrayList<String> received = new CopyOnWriteArrayList<>();
        private final CompletableFuture<String> first = new CompletableFuture<>();
        private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription.complete(subscription);
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(String line) {
            received.add(line);
            first.complete(line);
        }

        @Override
        public void onError(Throwable error) {
            first.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            first.completeExceptionally(new IllegalStateException("ended before its first line"));
        }
    }
}
