package io.parley.app.gateway;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Operators;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitResult;
import reactor.util.concurrent.Queues;

/**
 * One stream of what is stored in pages, for one reader: a page is read when somebody asks for it, and never holds more
 * than was asked for. So a reader who takes nothing costs nothing but the place where it stands.
 */
final class PacedPages<T> {
    static final int LARGEST = 50;

    private final IntFunction<Mono<Page<T>>> next;
    private final AtomicLong wanted = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();

    /** Holds one wish to be woken, also from before anybody listens: a second one would say the same. */
    private final Sinks.Many<Boolean> requests =
            Sinks.many().unicast().onBackpressureBuffer(Queues.<Boolean>one().get());

    private final Sinks.Empty<Void> end = Sinks.empty();

    private PacedPages(IntFunction<Mono<Page<T>>> next) {
        this.next = next;
    }

    /**
     * A part of the stream.
     *
     * @param items at least one, unless it is the last page; at most as many as the limit it was read with
     */
    record Page<T>(List<T> items, boolean last) {}

    /** The stream of one reader. Pages are read one after the other; each call of {@code next} gets the limit. */
    static <T> Flux<T> of(IntFunction<Mono<Page<T>>> next) {
        return Flux.defer(() -> new PacedPages<>(next).stream());
    }

    private Flux<T> stream() {
        return requests.asFlux()
                .concatMap(request -> round(), 0)
                .takeUntilOther(end.asMono())
                .doOnRequest(this::request);
    }

    private void request(long items) {
        wanted.accumulateAndGet(items, Operators::addCap);
        // Whoever else wakes the stream at this moment may have looked at what is wanted already.
        EmitResult result;
        do {
            result = requests.tryEmitNext(Boolean.TRUE);
        } while (result == EmitResult.FAIL_NON_SERIALIZED);
    }

    private Flux<T> round() {
        return Flux.defer(this::page).repeat(this::goesOn);
    }

    private boolean goesOn() {
        return wanted.get() > 0 && !ended.get();
    }

    private Flux<T> page() {
        return goesOn()
                ? Mono.deferContextual(PeerRoom::await)
                        .then(Mono.defer(() -> next.apply((int) Math.min(wanted.get(), LARGEST))))
                        .doOnNext(page -> wanted.addAndGet(-page.items().size()))
                        .flatMapMany(this::items)
                : Flux.empty();
    }

    private Flux<T> items(Page<T> page) {
        ended.set(page.last());
        return Flux.fromIterable(page.items()).doOnComplete(() -> endAfter(page));
    }

    private void endAfter(Page<T> page) {
        if (page.last()) {
            end.tryEmitEmpty();
        }
    }
}
