package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.subscriber.TestSubscriber;

class FollowChangesTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Sinks.Many<EncodedChange> feed = Sinks.many().multicast().directBestEffort();
    private final FollowChanges followChanges = new FollowChanges(feed::asFlux);

    @Test
    void aFollowerWhoKeepsUpSeesAllInOrder() {
        StepVerifier.create(followChanges.follow().map(EncodedChange::offset))
                .then(() -> emit(1, 10_000))
                .expectNextSequence(offsets(1, 10_000))
                .thenCancel()
                .verify(TIMEOUT);
    }

    @Test
    void aFollowerWhoLagsByTheBufferIsNotTooSlow() {
        StepVerifier.create(followChanges.follow().map(EncodedChange::offset), 0)
                .then(() -> emit(1, FollowChanges.BUFFER))
                .thenRequest(Long.MAX_VALUE)
                .expectNextSequence(offsets(1, FollowChanges.BUFFER))
                .then(() -> emit(FollowChanges.BUFFER + 1, 1))
                .expectNext(FollowChanges.BUFFER + 1L)
                .thenCancel()
                .verify(TIMEOUT);
    }

    /** At once, not when it asks for more: it may never ask again. */
    @Test
    void aFollowerWhoLagsByMoreIsTooSlow() {
        StepVerifier.create(followChanges.follow(), 0)
                .then(() -> emit(1, FollowChanges.BUFFER + 1))
                .expectErrorSatisfies(FollowChangesTest::assertTooSlow)
                .verify(TIMEOUT);
        assertThat(feed.currentSubscriberCount()).as("followers of the feed").isZero();
    }

    @Test
    void aSlowFollowerChangesNothingForAnother() {
        TestSubscriber<EncodedChange> slow =
                TestSubscriber.builder().initialRequest(3).build();
        followChanges.follow().subscribe(slow);

        StepVerifier.create(followChanges.follow().map(EncodedChange::offset))
                .then(() -> emit(1, 1_000))
                .expectNextSequence(offsets(1, 1_000))
                .thenCancel()
                .verify(TIMEOUT);
        assertThat(slow.getReceivedOnNext()).extracting(EncodedChange::offset).containsExactly(1L, 2L, 3L);
        assertTooSlow(slow.expectTerminalError());
    }

    @Test
    void aFollowerWhoLeavesIsForgotten() {
        StepVerifier.create(followChanges.follow()).thenCancel().verify(TIMEOUT);

        assertThat(feed.currentSubscriberCount()).isZero();
    }

    @Test
    void nobodyFollowsBeforeTheSubscription() {
        TestPublisher<EncodedChange> unheard = TestPublisher.create();
        Flux<EncodedChange> following = new FollowChanges(unheard::flux).follow();

        unheard.assertWasNotSubscribed();
        StepVerifier.create(following).thenCancel().verify(TIMEOUT);
        unheard.assertWasSubscribed();
    }

    private void emit(long first, int count) {
        for (long offset : offsets(first, count)) {
            feed.tryEmitNext(new EncodedChange("lobby", offset, new byte[0])).orThrow();
        }
    }

    private static List<Long> offsets(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }

    private static void assertTooSlow(Throwable error) {
        assertThat(error).isInstanceOfSatisfying(LimitExceeded.class, tooSlow -> {
            assertThat(tooSlow.code()).isEqualTo(ErrorCode.STREAM_TOO_SLOW);
            assertThat(tooSlow.retryAfter()).contains(Duration.ofSeconds(1));
        });
    }
}
