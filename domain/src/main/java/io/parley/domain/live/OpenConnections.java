package io.parley.domain.live;

import io.parley.domain.pipeline.Pipeline;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.presence.PresenceRegistry.Online;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The connections of this node, for as long as they last: tells the others again and again who is there. */
public final class OpenConnections implements Pipeline {
    /** Well within the minute for which the registry believes it. */
    static final Duration EVERY = Duration.ofSeconds(20);

    private final Set<Online> online = ConcurrentHashMap.newKeySet();
    private final PresenceRegistry registry;

    public OpenConnections(PresenceRegistry registry) {
        this.registry = registry;
    }

    /** To be told of from now on. */
    void add(Online connection) {
        online.add(connection);
    }

    /** Not to be told of any more. */
    void remove(Online connection) {
        online.remove(connection);
    }

    /** Completes when the others know of it, or could not be told. */
    Mono<Void> tellBegin(Online connection) {
        return registry.beat(List.of(connection));
    }

    /** Completes when the others know of it, or could not be told. */
    Mono<Void> tellEnd(Online connection) {
        return registry.leave(connection);
    }

    @Override
    public String name() {
        return "presence";
    }

    @Override
    public Mono<Void> run() {
        return Flux.interval(EVERY)
                .onBackpressureDrop()
                .concatMap(tick -> registry.beat(List.copyOf(online)), 1)
                .then();
    }
}
