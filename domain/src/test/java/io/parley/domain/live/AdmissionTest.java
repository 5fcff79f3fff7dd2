package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class AdmissionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Sinks.Empty<Void>> begun = new ArrayList<>();

    @Test
    void letsSoManyInAndTheOthersInTheirOrder() {
        Admission admission = new Admission(2, 10, PATIENCE);
        IntStream.range(0, 4)
                .forEach(i -> admission.admit(work()).onErrorComplete().subscribe());
        assertThat(begun).hasSize(2);

        begun.get(0).tryEmitEmpty();
        assertThat(begun).hasSize(3);
        begun.get(1).tryEmitEmpty();
        assertThat(begun).hasSize(4);
    }

    @Test
    void refusesWhoFindsTooManyWaiting() {
        Admission admission = new Admission(1, 1, PATIENCE);
        admission.admit(work()).onErrorComplete().subscribe();
        admission.admit(work()).onErrorComplete().subscribe();

        StepVerifier.create(admission.admit(work()))
                .expectErrorSatisfies(AdmissionTest::isBusy)
                .verify(TIMEOUT);
    }

    @Test
    void refusesWhoWaitsTooLongAndLetsTheNextIn() {
        StepVerifier.withVirtualTime(() -> {
                    Admission admission = new Admission(1, 10, PATIENCE);
                    admission.admit(work()).onErrorComplete().subscribe();
                    return admission.admit(work());
                })
                .expectSubscription()
                .expectNoEvent(PATIENCE.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectErrorSatisfies(AdmissionTest::isBusy)
                .verify(TIMEOUT);
    }

    @Test
    void whoLeavesGivesBackWhatItHadAndIsNotLetInLater() {
        Admission admission = new Admission(1, 10, PATIENCE);
        Disposable working = admission.admit(work()).onErrorComplete().subscribe();
        Disposable waiting = admission.admit(work()).onErrorComplete().subscribe();
        admission.admit(work()).onErrorComplete().subscribe();

        waiting.dispose();
        working.dispose();

        assertThat(begun).as("the first and the third").hasSize(2);
        begun.get(1).tryEmitEmpty();
        admission.admit(work()).onErrorComplete().subscribe();
        assertThat(begun).hasSize(3);
    }

    @Test
    void nobodyWhoGivesUpTakesAPlaceAlong() {
        Admission admission = new Admission(2, 10_000, Duration.ofMillis(3));
        Mono<Long> work = Mono.delay(Duration.ofMillis(1));

        StepVerifier.create(Flux.range(0, 2_000)
                        .flatMap(
                                i -> admission
                                        .admit(work)
                                        .onErrorComplete()
                                        .takeUntilOther(Mono.delay(Duration.ofMillis(1 + i % 5)))
                                        .subscribeOn(Schedulers.parallel()),
                                40)
                        .then())
                .expectComplete()
                .verify(TIMEOUT);

        // Those that were cut off are on their way out still.
        StepVerifier.create(Mono.delay(Duration.ofMillis(100)))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);
        admission.admit(work()).subscribe();
        admission.admit(work()).subscribe();
        assertThat(begun).as("both places are free").hasSize(2);
    }

    @Test
    void aFailureGivesBackItsPlaceToo() {
        Admission admission = new Admission(1, 10, PATIENCE);

        for (int i = 0; i < 3; i++) {
            StepVerifier.create(admission.admit(Mono.error(new IllegalStateException("planted"))))
                    .expectError(IllegalStateException.class)
                    .verify(TIMEOUT);
        }
    }

    @Test
    void neverLetsMoreInWhenManyThreadsComeAtOnce() {
        Admission admission = new Admission(3, 10_000, PATIENCE);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Mono<Integer> work = Mono.fromCallable(() -> most.accumulateAndGet(now.incrementAndGet(), Math::max))
                .delayUntil(seen -> Mono.delay(Duration.ofNanos(1)))
                .doOnNext(seen -> now.decrementAndGet());

        StepVerifier.create(Flux.range(0, 3_000)
                        .flatMap(i -> admission.admit(work).subscribeOn(Schedulers.parallel()), 500)
                        .count())
                .expectNext(3_000L)
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(most).hasValueLessThanOrEqualTo(3).hasPositiveValue();
    }

    private Mono<Void> work() {
        return Mono.defer(() -> {
            Sinks.Empty<Void> end = Sinks.empty();
            begun.add(end);
            return end.asMono();
        });
    }

    private static void isBusy(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(Unavailable.class, busy -> assertThat(busy.code())
                .isEqualTo(ErrorCode.NODE_BUSY));
    }
}
