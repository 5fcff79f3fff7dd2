package io.parley.infra.startup;

import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/** DOWN while a required server is away, DEGRADED while another is. */
final class BackendHealthIndicator implements ReactiveHealthIndicator {
    /** Still ready: messages flow, something beside them does not. */
    static final Status DEGRADED = new Status("DEGRADED");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Backend backend;

    BackendHealthIndicator(Backend backend) {
        this.backend = backend;
    }

    @Override
    public Mono<Health> health() {
        return backend.ping()
                .timeout(PATIENCE)
                .thenReturn(Health.up().build())
                .onErrorResume(error -> Mono.just(away(error)));
    }

    private Health away(Throwable error) {
        Status status = backend.required() ? Status.DOWN : DEGRADED;
        return Health.status(status)
                .withDetail("error", error.getClass().getSimpleName())
                .build();
    }
}
