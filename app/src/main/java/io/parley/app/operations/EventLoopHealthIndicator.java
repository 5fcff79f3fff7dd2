package io.parley.app.operations;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.resources.LoopResources;

/** Alive means that every event loop turns. It asks no other server: one that is away is no reason to restart us. */
@Component("eventLoops")
final class EventLoopHealthIndicator implements ReactiveHealthIndicator {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final LoopResources loops;

    EventLoopHealthIndicator(ReactorResourceFactory resources) {
        this.loops = resources.getLoopResources();
    }

    @Override
    public Mono<Health> health() {
        return Flux.fromIterable(loops.onServer(true))
                .flatMap(EventLoopHealthIndicator::turn, Runtime.getRuntime().availableProcessors() * 2)
                .count()
                .map(turning -> Health.up().withDetail("turning", turning).build())
                .timeout(PATIENCE)
                .onErrorResume(error -> Mono.just(Health.down().build()));
    }

    private static Mono<Boolean> turn(EventExecutor loop) {
        return Mono.create(sink -> loop.execute(() -> sink.success(true)));
    }
}
