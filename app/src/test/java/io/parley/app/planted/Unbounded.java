package io.parley.app.planted;

import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import reactor.core.publisher.Flux;

/** Breaks three rules on purpose, and has no package-info. */
@SuppressWarnings("unused")
public final class Unbounded {
    Flux<String> flatMap(Flux<String> flux) {
        return flux.flatMap(Flux::just);
    }

    Flux<String> buffer(Flux<String> flux) {
        return flux.onBackpressureBuffer();
    }

    Queue<String> queue() {
        return new LinkedBlockingQueue<>();
    }
}
