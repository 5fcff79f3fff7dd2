package io.parley.infra.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class LocalRateLimiterTest extends RateLimiterContract {
    private static final RateLimit TWO = new RateLimit("two", 2, Duration.ofSeconds(10));

    private final LocalRateLimiter real = new LocalRateLimiter(System::nanoTime);
    private final LocalRateLimiter limiter = new LocalRateLimiter(() -> this.now);
    private long now;

    @Override
    RateLimiter limiter() {
        return real;
    }

    /** The last two begin so close to the greatest number that the clock overflows on the way. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1_000_000_000_000L, -5_000_000_000L, Long.MAX_VALUE, Long.MAX_VALUE - 15_000_000_000L})
    void permitsComeBackAtExactlyTheirTime(long begin) {
        now = begin;
        passes(limiter, TWO, caller, 2);
        assertThat(refusal(limiter, TWO, caller)).isEqualTo(Duration.ofSeconds(10));

        advance(Duration.ofSeconds(10).minusNanos(1));
        assertThat(refusal(limiter, TWO, caller)).isEqualTo(Duration.ofNanos(1));

        advance(Duration.ofNanos(1));
        passes(limiter, TWO, caller, 1);
        assertThat(refusal(limiter, TWO, caller)).isEqualTo(Duration.ofSeconds(10));

        advance(Duration.ofSeconds(4));
        assertThat(refusal(limiter, TWO, caller)).isEqualTo(Duration.ofSeconds(6));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, Long.MAX_VALUE})
    void aLongRestGivesTheBurstAndNoMore(long begin) {
        now = begin;
        passes(limiter, TWO, caller, 2);

        advance(Duration.ofDays(30));
        passes(limiter, TWO, caller, 2);
        assertThat(refusal(limiter, TWO, caller)).isEqualTo(Duration.ofSeconds(10));
    }

    /** Whoever is forgotten may go on; so many are told to wait that a crowd cannot use up the memory. */
    @Test
    void onlySoManyCallersAreRemembered() {
        RateLimit one = new RateLimit("one", 1, Duration.ofMinutes(1));
        int crowd = LocalRateLimiter.CALLERS + 20_000;
        Mono<Long> passed = passed(Flux.range(0, crowd).concatMap(i -> acquired(limiter, one, "caller " + i)))
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(passed).expectNext((long) crowd).expectComplete().verify(TIMEOUT);
        StepVerifier.create(passed)
                .assertNext(forgotten -> assertThat(forgotten).isBetween(10_000L, crowd - 10_000L))
                .expectComplete()
                .verify(TIMEOUT);
    }

    private void advance(Duration time) {
        now += time.toNanos();
    }
}
