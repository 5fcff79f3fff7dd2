package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.Caller;
import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** How long a stream lasts that nobody reads to its end. */
class TenureTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration TOKEN = Duration.ofMinutes(15);

    private final Closing closing = new Closing();
    private Mono<Boolean> active = Mono.just(true);

    @Test
    void aStreamLastsUntilItsTokenExpires() {
        StepVerifier.withVirtualTime(this::stream)
                .expectSubscription()
                .expectNoEvent(TOKEN.minusMillis(1))
                .thenAwait(Duration.ofMillis(1))
                .expectErrorSatisfies(is(ErrorCode.TOKEN_EXPIRED))
                .verify(TIMEOUT);
    }

    @Test
    void aStreamEndsWithinFiveSecondsAfterItsSession() {
        StepVerifier.withVirtualTime(this::stream)
                .expectSubscription()
                .expectNoEvent(Duration.ofMinutes(5))
                .then(() -> active = Mono.just(false))
                .thenAwait(Duration.ofSeconds(5))
                .expectErrorSatisfies(is(ErrorCode.SESSION_ENDED))
                .verify(TIMEOUT);
    }

    @Test
    void whileNobodyCanTellAStreamGoesOn() {
        StepVerifier.withVirtualTime(this::stream)
                .expectSubscription()
                .then(() -> active = Mono.error(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)))
                .expectNoEvent(Duration.ofMinutes(1))
                .then(() -> active = Mono.just(false))
                .thenAwait(Duration.ofSeconds(5))
                .expectErrorSatisfies(is(ErrorCode.SESSION_ENDED))
                .verify(TIMEOUT);
    }

    @Test
    void aStreamEndsWhenTheNodeStops() {
        StepVerifier.withVirtualTime(this::stream)
                .expectSubscription()
                .then(closing::begin)
                .expectErrorSatisfies(is(ErrorCode.NODE_STOPPING))
                .verify(TIMEOUT);
    }

    private Flux<String> stream() {
        Caller caller = new Caller(new UserId(UUID.randomUUID()), new SessionId(UUID.randomUUID()), NOW.plus(TOKEN));
        RequestContext request = RequestContext.anonymous("a-request", "here").signedInAs(caller);
        Tenure tenure = new Tenure(closing, new Sessions(), Clock.fixed(NOW, ZoneOffset.UTC));
        return tenure.limit(Flux.<String>never()).contextWrite(request::into);
    }

    private static Consumer<Throwable> is(ErrorCode code) {
        return error -> assertThat(error).isInstanceOfSatisfying(ChatException.class, known -> assertThat(known.code())
                .isEqualTo(code));
    }

    private final class Sessions implements SessionRepository {
        @Override
        public Mono<Void> open(NewSession session) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<Rotation> rotate(RefreshToken.Hash presented, RefreshToken.Hash next) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<Void> revoke(SessionId session) {
            return Mono.error(new UnsupportedOperationException());
        }

        @Override
        public Mono<Boolean> isActive(SessionId session) {
            return active;
        }
    }
}
