package io.parley.app.planted;

import reactor.core.publisher.Mono;

/** Breaks a rule on purpose, and calls nothing. */
@SuppressWarnings("unused")
public final class SubscribesByReference {
    Runnable subscription(Mono<String> mono) {
        return mono::subscribe;
    }
}
