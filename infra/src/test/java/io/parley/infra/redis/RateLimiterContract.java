package io.parley.infra.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** What every {@link RateLimiter} promises, wherever it counts. */
abstract class RateLimiterContract {
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** One more permit only after a minute: no test takes so long. */
    static final RateLimit THREE = new RateLimit("three", 3, Duration.ofMinutes(1));

    private static final Duration MINUTE = THREE.interval();

    final String caller = UUID.randomUUID().toString();

    abstract RateLimiter limiter();

    @Test
    void afterTheBurstTheCallerWaitsForTheInterval() {
        passes(limiter(), THREE, caller, 3);
        isRefused(limiter(), THREE, caller);
    }

    @Test
    void aRefusalTakesNoPermit() {
        passes(limiter(), THREE, caller, 3);

        assertThat(refusal(limiter(), THREE, caller)).isLessThanOrEqualTo(MINUTE);
        assertThat(refusal(limiter(), THREE, caller)).isLessThanOrEqualTo(MINUTE);
    }

    @Test
    void callersAreCountedApart() {
        passes(limiter(), THREE, caller, 3);
        passes(limiter(), THREE, caller + ":another", 3);
    }

    @Test
    void limitsAreCountedApart() {
        passes(limiter(), THREE, caller, 3);
        passes(limiter(), new RateLimit("two", 2, MINUTE), caller, 2);
    }

    @Test
    void aCrowdAtOnceGetsTheBurstAndNoMore() {
        StepVerifier.create(passed(Flux.range(0, 50)
                        .flatMap(i -> acquired(limiter(), THREE, caller).subscribeOn(Schedulers.parallel()), 50)))
                .expectNext(3L)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void aPermitComesBackAfterTheInterval() {
        RateLimit quick = new RateLimit("quick", 1, Duration.ofMillis(200));
        passes(limiter(), quick, caller, 1);

        Duration wait = refusal(limiter(), quick, caller);
        assertThat(wait).isPositive().isLessThanOrEqualTo(quick.interval());
        StepVerifier.create(Mono.delay(wait.plusMillis(20)).then(acquired(limiter(), quick, caller)))
                .expectNext(true)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void assemblingTakesNoPermit() {
        for (int i = 0; i < 10; i++) {
            assertThat(limiter().acquire(THREE, caller)).isNotNull();
        }
        passes(limiter(), THREE, caller, 3);
    }

    @Test
    void subscribingAgainTakesAnotherPermit() {
        Mono<Void> once = limiter().acquire(THREE, caller);

        StepVerifier.create(once.then(once).then(once)).expectComplete().verify(TIMEOUT);
        isRefused(limiter(), THREE, caller);
    }

    static void passes(RateLimiter limiter, RateLimit limit, String caller, int times) {
        Mono<Void> all = Flux.range(0, times)
                .concatMap(i -> limiter.acquire(limit, caller))
                .then()
                .subscribeOn(Schedulers.parallel());
        StepVerifier.create(all).expectComplete().verify(TIMEOUT);
    }

    static void isRefused(RateLimiter limiter, RateLimit limit, String caller) {
        assertThat(refusal(limiter, limit, caller))
                .isPositive()
                .isLessThanOrEqualTo(limit.interval())
                .isGreaterThan(limit.interval().minus(TIMEOUT));
    }

    static Duration refusal(RateLimiter limiter, RateLimit limit, String caller) {
        LimitExceeded refusal = limiter.acquire(limit, caller)
                .then(Mono.<LimitExceeded>empty())
                .onErrorResume(LimitExceeded.class, Mono::just)
                .subscribeOn(Schedulers.parallel())
                .block(TIMEOUT);
        assertThat(refusal).as("refusal").isNotNull();
        assertThat(refusal.code()).isEqualTo(ErrorCode.RATE_EXCEEDED);
        return refusal.retryAfter().orElseThrow();
    }

    /** Whether a permit was given. */
    static Mono<Boolean> acquired(RateLimiter limiter, RateLimit limit, String caller) {
        return limiter.acquire(limit, caller).thenReturn(true).onErrorReturn(LimitExceeded.class, false);
    }

    static Mono<Long> passed(Flux<Boolean> outcomes) {
        return outcomes.filter(Boolean::booleanValue).count();
    }
}
