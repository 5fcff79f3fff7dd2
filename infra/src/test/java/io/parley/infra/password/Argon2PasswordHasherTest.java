package io.parley.infra.password;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.Password;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class Argon2PasswordHasherTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Password PASSWORD = new Password("correct horse \u2665 battery");

    private final Scheduler scheduler = PasswordAutoConfiguration.scheduler(1, 2);
    private final Argon2PasswordHasher hasher = new Argon2PasswordHasher(scheduler);

    @AfterEach
    void end() {
        scheduler.dispose();
    }

    @Test
    void aHashSaysWithWhichParametersItWasMade() {
        String[] parts = hash().split("\\$");

        assertThat(parts[1]).isEqualTo("argon2id");
        assertThat(parts[2]).isEqualTo("v=19");
        assertThat(parts[3]).isEqualTo("m=19456,t=2,p=1");
        assertThat(java.util.Base64.getDecoder().decode(parts[4])).hasSize(16);
        assertThat(java.util.Base64.getDecoder().decode(parts[5])).hasSize(32);
    }

    @Test
    void onlyThePasswordItselfMatches() {
        String hash = hash();

        matches(PASSWORD, hash, true);
        matches(new Password(PASSWORD.text() + " "), hash, false);
        matches(PASSWORD, null, false);
        assertThat(hash()).as("salted").isNotEqualTo(hash);
    }

    /** As fast an answer for nobody as for anybody would tell them apart; generous, since the machine is shared. */
    @Test
    void anUnknownUserTakesAsLong() {
        String hash = hash();
        long known = nanosOf(hash);
        long unknown = nanosOf(null);

        assertThat((double) unknown / known).isBetween(0.3, 3.0);
    }

    private long nanosOf(String hash) {
        long fastest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long began = System.nanoTime();
            hasher.matches(PASSWORD, hash).block(TIMEOUT);
            fastest = Math.min(fastest, System.nanoTime() - began);
        }
        return fastest;
    }

    @Test
    void beyondTheQueueTheCrowdIsRefusedAndNotKeptWaiting() {
        List<Boolean> served = Flux.range(0, 20)
                .flatMap(
                        i -> hasher.hash(PASSWORD).thenReturn(true).onErrorResume(LimitExceeded.class, refusal -> {
                            assertThat(refusal.code()).isEqualTo(ErrorCode.AUTH_BUSY);
                            assertThat(refusal.retryAfter()).contains(Duration.ofSeconds(1));
                            return Mono.just(false);
                        }),
                        20)
                .collectList()
                .block(TIMEOUT);

        assertThat(served).hasSize(20).contains(true, false);
        assertThat(served.stream().filter(yes -> yes).count()).isLessThan(10);
    }

    @Test
    void aHashIsMadeOffTheCallersThread() {
        StepVerifier.create(Mono.defer(() -> hasher.hash(PASSWORD))
                        .map(hash -> Thread.currentThread().getName())
                        .subscribeOn(Schedulers.parallel()))
                .assertNext(thread -> assertThat(thread).startsWith("password-"))
                .expectComplete()
                .verify(TIMEOUT);
    }

    private String hash() {
        return hasher.hash(PASSWORD).block(TIMEOUT);
    }

    private void matches(Password password, String hash, boolean expected) {
        StepVerifier.create(hasher.matches(password, hash))
                .expectNext(expected)
                .expectComplete()
                .verify(TIMEOUT);
    }
}
