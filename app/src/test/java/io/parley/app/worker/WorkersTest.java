package io.parley.app.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.pipeline.Pipeline;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class WorkersTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Test
    void aPipelineThatFailsOrEndsIsRunAgain() {
        AtomicInteger runs = new AtomicInteger();
        Pipeline pipeline = pipeline(Mono.defer(() -> switch (runs.incrementAndGet()) {
            case 1 -> Mono.error(new IllegalStateException("broken"));
            case 2 -> Mono.empty();
            default -> Mono.never();
        }));

        StepVerifier.withVirtualTime(() -> Workers.endless(pipeline))
                .expectSubscription()
                .thenAwait(Duration.ofMinutes(1))
                .then(() -> assertThat(runs).hasValue(3))
                .thenCancel()
                .verify(TIMEOUT);
    }

    @Test
    void aPipelineThatGoesOnFailingIsRunAtLeastEveryFewSeconds() {
        AtomicInteger runs = new AtomicInteger();
        Pipeline pipeline = pipeline(Mono.defer(() -> {
            runs.incrementAndGet();
            return Mono.error(new IllegalStateException("broken"));
        }));

        StepVerifier.withVirtualTime(() -> Workers.endless(pipeline))
                .expectSubscription()
                .thenAwait(Duration.ofMinutes(10))
                .then(() -> assertThat(runs.get()).isBetween(60, 400))
                .thenCancel()
                .verify(TIMEOUT);
    }

    private static Pipeline pipeline(Mono<Void> run) {
        return new Pipeline() {
            @Override
            public String name() {
                return "planted";
            }

            @Override
            public Mono<Void> run() {
                return run;
            }
        };
    }
}
