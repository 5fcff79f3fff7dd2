package io.parley.app.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class PerUserTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final UserId ada = new UserId(UUID.randomUUID());
    private final PerUser places = new PerUser(3);

    @Test
    void whatIsTooMuchIsRefusedToThatUserAlone() {
        for (int i = 0; i < 3; i++) {
            places.admit(ada, Flux.never()).subscribe();
        }

        StepVerifier.create(places.admit(ada, Flux.just("in")))
                .expectErrorSatisfies(
                        error -> assertThat(error).isInstanceOfSatisfying(LimitExceeded.class, refused -> {
                            assertThat(refused.code()).isEqualTo(ErrorCode.LIVE_TOO_MANY);
                            assertThat(refused.retryAfter()).hasValueSatisfying(after -> assertThat(after)
                                    .isPositive());
                        }))
                .verify(TIMEOUT);
        StepVerifier.create(places.admit(new UserId(UUID.randomUUID()), Flux.just("in")))
                .expectNext("in")
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void whatEndsInWhateverWayMakesRoom() {
        List<Disposable> all = Stream.generate(
                        () -> places.admit(ada, Flux.never()).subscribe())
                .limit(2)
                .toList();

        StepVerifier.create(places.admit(ada, Flux.error(new IllegalStateException("planted"))))
                .expectError(IllegalStateException.class)
                .verify(TIMEOUT);
        StepVerifier.create(places.admit(ada, Flux.empty())).expectComplete().verify(TIMEOUT);
        StepVerifier.create(places.admit(ada, Flux.never())).thenCancel().verify(TIMEOUT);
        assertThat(places.isEmpty()).isFalse();
        all.forEach(Disposable::dispose);

        assertThat(places.isEmpty()).isTrue();
    }
}
