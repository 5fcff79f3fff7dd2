package io.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.RateLimit;
import io.parley.domain.auth.RateLimiter;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.log.Announced;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.Receipt;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

/** Reading and receiving: who moves, who is counted, and who is told. */
class ReceiptsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final UserId ME = new UserId(new UUID(0, 1));
    private static final ConversationId HERE = new ConversationId(new UUID(0, 2));

    private final List<String> moves = new ArrayList<>();
    private final List<String> counted = new ArrayList<>();
    private final List<Hint> told = new ArrayList<>();
    private final List<LogEntry> entries = new ArrayList<>();
    private final Announced announced = new Announced();
    private final RateLimiter open =
            (limit, caller) -> Mono.fromRunnable(() -> counted.add(limit.name() + " " + caller));

    @Test
    void readingMovesIsCountedAndIsTold() {
        Receipts receipts = new Receipts(new Positions(2, true), open, new Channel(), announced.announcer());

        StepVerifier.create(new MarkRead(receipts).mark(ME, HERE, 7))
                .assertNext(moved -> assertThat(moved.standing()).isEqualTo(new ReadPositions.Standing(ME, 7, 7)))
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(moves).containsExactly("read 7");
        assertThat(counted).containsExactly("read " + ME.value());
        assertThat(told).containsExactly(new Receipt(HERE, ME, 7, 7, 3, true));
    }

    @Test
    void receivingMovesIsCountedApartAndIsTold() {
        Receipts receipts = new Receipts(new Positions(2, true), open, new Channel(), announced.announcer());

        StepVerifier.create(new MarkReceived(receipts).mark(ME, HERE, 7))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(moves).containsExactly("received 7");
        assertThat(counted).containsExactly("received " + ME.value());
        assertThat(told).containsExactly(new Receipt(HERE, ME, 0, 7, 3, true));
    }

    @Test
    void whatMovesNothingIsToldToNobody() {
        Receipts receipts = new Receipts(new Positions(2, false), open, new Channel(), announced.announcer());

        StepVerifier.create(new MarkRead(receipts).mark(ME, HERE, 7))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(told).isEmpty();
    }

    @Test
    void thatAMarkIsGoneIsAnnouncedAlsoIfNothingMoved() {
        entries.add(new LogEntry(LogId.of(ME), 3, ItemKind.PERSONAL, HERE.value(), Reason.UPDATED));
        Receipts receipts = new Receipts(new Positions(2, false), open, new Channel(), announced.announcer());

        StepVerifier.create(new MarkRead(receipts).mark(ME, HERE, 7))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(announced.entries).isEqualTo(entries);
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {Hint.MAX_MEMBERS, Hint.MAX_MEMBERS + 1})
    void amongManyOnlyOnesOwnDevicesAreTold(int members) {
        Receipts receipts = new Receipts(new Positions(members, true), open, new Channel(), announced.announcer());

        StepVerifier.create(new MarkRead(receipts).mark(ME, HERE, 7))
                .expectNextCount(1)
                .expectComplete()
                .verify(TIMEOUT);
        assertThat(told).containsExactly(new Receipt(HERE, ME, 7, 7, 3, members <= Hint.MAX_MEMBERS));
    }

    @Test
    void whoSaysSoTooOftenMovesNothing() {
        LimitExceeded refusal = new LimitExceeded(ErrorCode.RATE_EXCEEDED, Duration.ofMillis(50));
        Receipts receipts = new Receipts(
                new Positions(2, true), (limit, caller) -> Mono.error(refusal), new Channel(), announced.announcer());

        for (Mono<?> asked :
                List.of(new MarkRead(receipts).mark(ME, HERE, 7), new MarkReceived(receipts).mark(ME, HERE, 7))) {
            StepVerifier.create(asked)
                    .expectErrorSatisfies(error -> assertThat(error).isSameAs(refusal))
                    .verify(TIMEOUT);
        }
        assertThat(moves).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void aHundredAtOnceAndTwentyASecond() {
        assertThat(MarkRead.LIMIT).isEqualTo(new RateLimit("read", 100, Duration.ofMillis(50)));
        assertThat(MarkReceived.LIMIT).isEqualTo(new RateLimit("received", 100, Duration.ofMillis(50)));
    }

    private final class Positions implements ReadPositions {
        private final int members;
        private final boolean moving;

        Positions(int members, boolean moving) {
            this.members = members;
            this.moving = moving;
        }

        @Override
        public Mono<Moved> read(UserId member, ConversationId conversation, long seq) {
            moves.add("read " + seq);
            return Mono.just(new Moved(new Standing(member, seq, seq), 3, members, moving, entries));
        }

        @Override
        public Mono<Moved> received(UserId member, ConversationId conversation, long seq) {
            moves.add("received " + seq);
            return Mono.just(new Moved(new Standing(member, 0, seq), 3, members, moving, entries));
        }

        @Override
        public Mono<List<Standing>> all(UserId reader, ConversationId conversation, int most) {
            return Mono.error(new AssertionError("unused"));
        }
    }

    private final class Channel implements HintChannel {
        @Override
        public Mono<Void> say(Hint hint) {
            return Mono.fromRunnable(() -> told.add(hint));
        }

        @Override
        public Mono<Void> hear(Consumer<Hint> listener) {
            return Mono.never();
        }
    }
}
