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

    /** Completes when it is told, or could not be. */
    Mono<Void> begin(Online connection) {
        return Mono.defer(() -> {
            online.add(connection);
            return registry.beat(List.of(connection));
        });
    }

    /** Completes when it is told, or could not be. */
    Mono<Void> end(Online connection) {
        return Mono.defer(() -> online.remove(connection) ? registry.leave(connection) : Mono.empty());
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
