package io.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class MarkReadTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final UserId ME = new UserId(new UUID(0, 1));
    private static final ConversationId HERE = new ConversationId(new UUID(0, 2));

    private final Positions positions = new Positions();
    private final List<String> counted = new ArrayList<>();

    @Test
    void theReadPositionMovesAndIsCountedForItsReader() {
        RateLimiter open = (limit, caller) -> Mono.fromRunnable(() -> counted.add(limit.name() + " " + caller));

        StepVerifier.create(new MarkRead(positions, open).mark(ME, HERE, 7))
                .expectNext(new MessageHistory.ReadPosition(7, 0))
                .expectComplete()
                .verify(TIMEOUT);

        assertThat(counted).containsExactly("read " + ME.value());
    }

    @Test
    void whoReadsTooOftenMovesNothing() {
        LimitExceeded refusal = new LimitExceeded(ErrorCode.RATE_EXCEEDED, Duration.ofMillis(50));

        StepVerifier.create(new MarkRead(positions, (limit, caller) -> Mono.error(refusal)).mark(ME, HERE, 7))
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(refusal))
                .verify(TIMEOUT);

        assertThat(positions.moved).isEmpty();
    }

    @Test
    void aHundredAtOnceAndTwentyASecond() {
        assertThat(MarkRead.LIMIT).isEqualTo(new RateLimit("read", 100, Duration.ofMillis(50)));
    }

    private static final class Positions implements MessageHistory {
        final List<Long> moved = new ArrayList<>();

        @Override
        public Mono<ReadPosition> read(UserId reader, ConversationId conversation, long seq) {
            moved.add(seq);
            return Mono.just(new ReadPosition(seq, 0));
        }

        @Override
        public Mono<List<MessageChange>> page(UserId reader, ConversationId conversation, HistoryPage page) {
            return Mono.error(new AssertionError("unused"));
        }

        @Override
        public Mono<MessageChange> find(UserId reader, ConversationId conversation, MessageId id) {
            return Mono.error(new AssertionError("unused"));
        }
    }
}
