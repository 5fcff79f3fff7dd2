package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** How those who connect come to their turn, when one user comes with many. */
class FairAdmissionTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final UserId crowd = new UserId(UUID.randomUUID());
    private final UserId other = new UserId(UUID.randomUUID());
    private final List<UserId> begun = new ArrayList<>();
    private final Map<Integer, Sinks.Empty<Void>> ends = new HashMap<>();

    @Test
    void whoComesAfterManyOfOneUserWaitsForAFewOfThem() {
        FairAdmission admission = admission(1, 2);
        come(admission, crowd, 20);
        come(admission, other, 1);

        // One is at work, and one before the other.
        end(0);
        end(1);

        assertThat(begun).containsExactly(crowd, crowd, other);
    }

    @Test
    void allOfTheManyComeToTheirTurn() {
        FairAdmission admission = admission(3, 2);
        come(admission, crowd, 20);
        assertThat(begun).as("not all that is free is one user's").hasSize(2);

        IntStream.range(0, 20).forEach(this::end);

        assertThat(begun).hasSize(20);
        assertThat(admission.isEmpty()).isTrue();
    }

    @Test
    void bothLinesTogetherAreWaitedInNoLongerThanOnesPatience() {
        StepVerifier.withVirtualTime(() -> {
                    FairAdmission admission = admission(1, 1);
                    // Holds the one place, and goes on holding it.
                    come(admission, other, 1);
                    Disposable before = admission
                            .admit(crowd, Mono.never())
                            .onErrorComplete()
                            .subscribe();
                    Mono.delay(Duration.ofSeconds(4))
                            .doOnNext(now -> before.dispose())
                            .subscribe();
                    return admission.admit(crowd, work(crowd));
                })
                .expectSubscription()
                .expectNoEvent(PATIENCE.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(Unavailable.class, busy -> assertThat(busy.code())
                                .isEqualTo(ErrorCode.NODE_BUSY)))
                .verify(TIMEOUT);
    }

    @Test
    void nothingIsKeptOfUsersWhoHaveComeAndGone() {
        FairAdmission admission = admission(3, 2);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Mono<Integer> work = Mono.fromCallable(() -> most.accumulateAndGet(now.incrementAndGet(), Math::max))
                .delayUntil(seen -> Mono.delay(Duration.ofNanos(1)))
                .doOnNext(seen -> now.decrementAndGet());
        List<UserId> users = List.of(crowd, other, new UserId(UUID.randomUUID()));

        StepVerifier.create(Flux.range(0, 3_000)
                        .flatMap(i -> admission.admit(users.get(i % 3), work).subscribeOn(Schedulers.parallel()), 60)
                        .count())
                .expectNext(3_000L)
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(most).hasValueLessThanOrEqualTo(3).hasPositiveValue();
        assertThat(admission.isEmpty()).isTrue();
    }

    private static FairAdmission admission(int atOnce, int atOnceOfOne) {
        return new FairAdmission(new Admission(atOnce, 100, PATIENCE), atOnceOfOne, PATIENCE);
    }

    private void come(FairAdmission admission, UserId user, int times) {
        for (int i = 0; i < times; i++) {
            admission.admit(user, work(user)).onErrorComplete().subscribe();
        }
    }

    private Mono<Void> work(UserId user) {
        return Mono.defer(() -> {
            Sinks.Empty<Void> end = Sinks.empty();
            ends.put(begun.size(), end);
            begun.add(user);
            return end.asMono();
        });
    }

    private void end(int work) {
        ends.get(work).tryEmitEmpty();
    }
}
