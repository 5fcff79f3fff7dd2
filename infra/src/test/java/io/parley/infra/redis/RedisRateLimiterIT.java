package io.parley.infra.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class RedisRateLimiterIT extends RateLimiterContract {
    private final RateLimiter first = Node.first().get(RateLimiter.class);
    private final RateLimiter second = Node.second().get(RateLimiter.class);
    private final ReactiveStringRedisTemplate redis = Node.first().get(ReactiveStringRedisTemplate.class);
    private final RedisKeys keys = Node.first().get(RedisKeys.class);

    @Override
    RateLimiter limiter() {
        return first;
    }

    @Test
    void twoNodesShareOneCount() {
        passes(first, THREE, caller, 2);
        passes(second, THREE, caller, 1);

        isRefused(first, THREE, caller);
        isRefused(second, THREE, caller);
    }

    @Test
    void aCrowdOnTwoNodesGetsTheBurstAndNoMore() {
        Flux<Boolean> crowd = Flux.range(0, 100)
                .flatMap(
                        i -> acquired(i % 2 == 0 ? first : second, THREE, caller)
                                .subscribeOn(Schedulers.parallel()),
                        100);

        StepVerifier.create(passed(crowd)).expectNext(3L).expectComplete().verify(TIMEOUT);
    }

    @Test
    void aKeyExpiresOnceItSaysNothing() {
        passes(first, THREE, caller, 2);

        StepVerifier.create(redis.getExpire(keys.of("rate", "three:" + caller)))
                .assertNext(left -> assertThat(left).isBetween(Duration.ofSeconds(110), Duration.ofMinutes(2)))
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void withoutRedisEachNodeCountsAloneUntilItIsBack() {
        passes(first, THREE, caller, 3);

        Servers.without(EmbeddedServer.REDIS, () -> {
            passes(first, THREE, caller, 3);
            isRefused(first, THREE, caller);
            passes(second, THREE, caller, 3);
            isRefused(second, THREE, caller);
        });

        Awaitility.await().atMost(TIMEOUT).until(() -> sharedAgain(first) && sharedAgain(second));
        String another = caller + ":another";
        passes(first, THREE, another, 2);
        passes(second, THREE, another, 1);
        isRefused(first, THREE, another);
        isRefused(second, THREE, another);
    }

    /** A server that hangs is worse than one that is gone: nothing on the way reports it. */
    @Test
    void aRedisThatHangsIsGivenUpAfterTheTimeout() {
        Mono<Void> hanging = hang(Duration.ofSeconds(2)).onErrorComplete();
        Mono<Duration> acquiring = Mono.delay(Duration.ofMillis(200))
                .then(first.acquire(THREE, caller).thenReturn(true).elapsed())
                .map(elapsed -> Duration.ofMillis(elapsed.getT1()));
        StepVerifier.create(Mono.zip(hanging.thenReturn(true), acquiring))
                .assertNext(
                        both -> assertThat(both.getT2()).isBetween(Duration.ofMillis(400), Duration.ofMillis(1_200)))
                .expectComplete()
                .verify(TIMEOUT);
        Awaitility.await().atMost(TIMEOUT).until(() -> sharedAgain(first) && sharedAgain(second));
    }

    private Mono<Void> hang(Duration duration) {
        String busy = "local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end"
                + " local till = now() + ARGV[1] while now() < till do end return 0";
        return Node.second()
                .get(ReactiveStringRedisTemplate.class)
                .execute(RedisScript.of(busy, Long.class), List.of(), List.of(String.valueOf(duration.toMillis())))
                .then();
    }

    private boolean sharedAgain(RateLimiter limiter) {
        RateLimit probe = new RateLimit("probe", 1_000, Duration.ofMillis(1));
        ReactiveStringRedisTemplate redis = Node.first().get(ReactiveStringRedisTemplate.class);
        String caller = "node " + System.identityHashCode(limiter);
        return Boolean.TRUE.equals(redis.delete(keys.of("rate", "probe:" + caller))
                .then(limiter.acquire(probe, caller))
                .then(redis.hasKey(keys.of("rate", "probe:" + caller)))
                .onErrorReturn(false)
                .block(TIMEOUT));
    }
}
