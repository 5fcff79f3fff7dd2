package io.parley.app.planted;

import reactor.core.publisher.Mono;

/** Breaks three rules on purpose. */
@SuppressWarnings("unused")
public final class Impatient {
    void subscribe(Mono<String> mono) {
        mono.subscribe();
    }

    String block(Mono<String> mono) {
        return mono.block();
    }

    void sleep() throws InterruptedException {
        Thread.sleep(1);
    }
}
