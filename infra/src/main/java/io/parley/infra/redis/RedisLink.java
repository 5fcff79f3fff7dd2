package io.parley.infra.redis;

import io.parley.domain.pipeline.Pipeline;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Opens the one shared connection off the event loops: its first use would block them. From then on Lettuce reconnects
 * by itself, and rejects commands at once while it cannot.
 */
final class RedisLink implements Pipeline {
    private final SharedConnection shared;

    RedisLink(SharedConnection shared) {
        this.shared = shared;
    }

    /** Whether the shared connection has been opened, so that commands do not block. */
    boolean isOpen() {
        return shared.isOpen();
    }

    Mono<Void> open() {
        return Mono.<Void>fromRunnable(shared::open).subscribeOn(Schedulers.boundedElastic());
    }

    @Override
    public String name() {
        return "redis link";
    }

    @Override
    public Mono<Void> run() {
        return open().then(Mono.never());
    }
}
