package io.parley.infra.redis;

import io.parley.domain.pipeline.Pipeline;
import org.springframework.data.redis.connection.ReactiveRedisConnectionFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Opens the one shared connection off the event loops: its first use would block them. From then on Lettuce reconnects
 * by itself, and rejects commands at once while it cannot.
 */
final class RedisLink implements Pipeline {
    private final ReactiveRedisConnectionFactory factory;
    private volatile boolean open;

    RedisLink(ReactiveRedisConnectionFactory factory) {
        this.factory = factory;
    }

    /** Whether the shared connection has been opened, so that commands do not block. */
    boolean isOpen() {
        return open;
    }

    Mono<Void> open() {
        return Mono.fromCallable(factory::getReactiveConnection)
                .subscribeOn(Schedulers.boundedElastic())
                .doOnNext(shared -> open = true)
                .then();
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
