package io.parley.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class EndingsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final IllegalStateException PLANTED = new IllegalStateException("planted");

    private final TestPublisher<String> stream = TestPublisher.create();
    private final Sinks.Empty<Void> end = Sinks.empty();

    @Test
    void anEndThatFailsCancelsTheStreamAndFailsIt() {
        StepVerifier.create(Endings.with(stream.flux(), end.asMono()))
                .then(() -> stream.next("one"))
                .expectNext("one")
                .then(() -> end.tryEmitError(PLANTED))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(PLANTED))
                .verify(TIMEOUT);

        stream.assertCancelled();
    }

    /** Why this is not {@code takeUntilOther}: once this fails, it can go. */
    @Test
    void reactorItselfLeavesTheStreamRunning() {
        StepVerifier.create(stream.flux().takeUntilOther(end.asMono()))
                .then(() -> end.tryEmitError(PLANTED))
                .expectError()
                .verify(TIMEOUT);

        stream.assertNotCancelled();
    }

    @Test
    void anEndThatCompletesCancelsTheStreamAndCompletesIt() {
        StepVerifier.create(Endings.with(stream.flux(), end.asMono()))
                .then(end::tryEmitEmpty)
                .expectComplete()
                .verify(TIMEOUT);

        stream.assertCancelled();
    }

    @Test
    void aStreamThatEndsByItselfTakesItsEndAlong() {
        StepVerifier.create(Endings.with(Flux.just("one"), end.asMono()))
                .expectNext("one")
                .expectComplete()
                .verify(TIMEOUT);
        StepVerifier.create(Endings.with(Mono.<String>error(PLANTED), end.asMono()))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(PLANTED))
                .verify(TIMEOUT);

        assertThat(end.currentSubscriberCount()).isZero();
    }

    @Test
    void aMonoThatIsEndedIsCancelled() {
        StepVerifier.create(Endings.with(stream.mono(), end.asMono()))
                .then(() -> end.tryEmitError(PLANTED))
                .expectError(IllegalStateException.class)
                .verify(TIMEOUT);

        stream.assertCancelled();
    }
}
