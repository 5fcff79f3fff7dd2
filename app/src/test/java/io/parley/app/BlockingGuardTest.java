package io.parley.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.app.testing.BlockingSites;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.blockhound.BlockingOperationError;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

@Tag("always-8")
class BlockingGuardTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    @Test
    void aBlockingCallOnAnEventThreadIsReportedAndNoted() {
        Mono<String> blocking = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return "unnoticed";
                })
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(blocking).expectError(BlockingOperationError.class).verify(TIMEOUT);
        assertThat(BlockingSites.drain()).singleElement().asString().contains("sleep", "BlockingGuardTest");
    }

    @Test
    void aBlockingCallOnAThreadThatMayBlockIsNotReported() {
        Mono<String> blocking = Mono.fromCallable(() -> {
                    Thread.sleep(1);
                    return "fine";
                })
                .subscribeOn(Schedulers.boundedElastic());

        StepVerifier.create(blocking).expectNext("fine").expectComplete().verify(TIMEOUT);
    }
}
