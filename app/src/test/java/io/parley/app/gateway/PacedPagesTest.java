package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.app.gateway.PacedPages.Page;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class PacedPagesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final List<Integer> limits = new ArrayList<>();

    @Test
    void nothingIsReadBeforeSomebodyAsks() {
        StepVerifier.create(upTo(10), 0)
                .expectSubscription()
                .then(() -> assertThat(limits).isEmpty())
                .thenRequest(3)
                .expectNext(1, 2, 3)
                .then(() -> assertThat(limits).containsExactly(3))
                .thenCancel()
                .verify(TIMEOUT);
    }

    @Test
    void noMoreIsReadThanWasAskedFor() {
        StepVerifier.create(upTo(10), 3)
                .expectNext(1, 2, 3)
                .thenRequest(2)
                .expectNext(4, 5)
                .thenRequest(Long.MAX_VALUE)
                .expectNext(6, 7, 8, 9, 10)
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(limits).containsExactly(3, 2, PacedPages.LARGEST);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 49, 50, 51, 100, 173})
    void whoAsksForAllGetsAllInPages(int count) {
        StepVerifier.create(upTo(count).collectList())
                .expectNext(IntStream.rangeClosed(1, count).boxed().toList())
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(limits).allMatch(limit -> limit == PacedPages.LARGEST);
    }

    @Test
    void requestsOfManyThreadsAreAllAnswered() {
        Flux<Integer> stream = upTo(1_000).publishOn(Schedulers.parallel(), 1).limitRate(7);

        StepVerifier.create(stream).expectNextCount(1_000).expectComplete().verify(TIMEOUT);
    }

    @Test
    void aPageThatCannotBeReadEndsTheStream() {
        StepVerifier.create(PacedPages.of(limit -> Mono.error(new IllegalStateException("away"))))
                .expectError(IllegalStateException.class)
                .verify(TIMEOUT);
    }

    @Test
    void eachReaderHasAWayOfItsOwn() {
        Flux<Integer> stream = Flux.defer(() -> upTo(3));

        StepVerifier.create(Flux.concat(stream, stream))
                .expectNext(1, 2, 3, 1, 2, 3)
                .expectComplete()
                .verify(TIMEOUT);
    }

    private Flux<Integer> upTo(int count) {
        int[] last = {0};
        return PacedPages.of(limit -> Mono.fromSupplier(() -> {
            limits.add(limit);
            List<Integer> items = IntStream.rangeClosed(last[0] + 1, Math.min(last[0] + limit, count))
                    .boxed()
                    .toList();
            last[0] += items.size();
            return new Page<>(items, last[0] == count);
        }));
    }
}
