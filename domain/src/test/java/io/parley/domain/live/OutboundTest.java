package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.live.LiveConnection.HintKey;
import io.parley.domain.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

/** Delivery classes and demand: architecture, section 5. */
class OutboundTest {
    private final ManualLoop loop = new ManualLoop();
    private final TextFrames frames = new TextFrames();
    private final AtomicInteger clear = new AtomicInteger();
    private final PacedOutlet outlet = new PacedOutlet(loop, () -> true);
    private final Outbound outbound = new Outbound(loop, outlet, frames, clear::incrementAndGet);
    private final List<String> taken = new ArrayList<>();
    private final BaseSubscriber<Frame> client = new BaseSubscriber<>() {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Asks when the test says so.
        }

        @Override
        protected void hookOnNext(Frame frame) {
            taken.add(new String(TextFrames.taken(frame), UTF_8));
        }
    };

    @BeforeEach
    void subscribe() {
        outlet.subscribe(client);
        onLoop(outbound::begin);
    }

    @AfterEach
    void everyFrameIsReleased() {
        onLoop(outbound::end);
        frames.areAllReleased();
    }

    @Test
    @Tag("credit")
    void emitsWhatIsAskedForAndNoMore() {
        onLoop(() -> IntStream.range(0, 10).forEach(i -> durable("d" + i)));
        assertThat(taken).isEmpty();

        request(3);
        assertThat(taken).containsExactly("d0", "d1", "d2");
        request(1);
        assertThat(taken).hasSize(4);
    }

    @Test
    @Tag("answers")
    void answersGoFirstThenChangesThenReceiptsThenHints() {
        onLoop(() -> {
            outbound.ephemeral(key(1), bytes("hint"));
            outbound.receipt(key(1), bytes("receipt"));
            durable("change");
            outbound.answer(bytes("answer"));
        });

        request(20);

        assertThat(taken).containsExactly("answer", "change", "receipt", "hint");
    }

    @Test
    @Tag("receipts")
    @Tag("ephemeral")
    @Tag("bound")
    void ofAReceiptOrHintOnlyTheLatestWaitsAndOfTooManyTheOldestIsForgotten() {
        onLoop(() -> {
            outbound.receipt(key(1), bytes("old receipt"));
            outbound.receipt(key(1), bytes("new receipt"));
            outbound.ephemeral(key(1), bytes("old"));
            outbound.ephemeral(key(1), bytes("new"));
        });
        request(20);
        assertThat(taken).containsExactly("new receipt", "new");
        taken.clear();

        onLoop(() -> {
            outbound.limit(0);
            IntStream.rangeClosed(0, Outbound.MAX_EPHEMERAL).forEach(i -> outbound.ephemeral(key(i), bytes("h" + i)));
            IntStream.rangeClosed(0, Outbound.MAX_RECEIPTS).forEach(i -> outbound.receipt(key(i), bytes("r" + i)));
        });
        request(10_000);
        onLoop(() -> outbound.allow(10_000));

        assertThat(taken)
                .hasSize(Outbound.MAX_RECEIPTS + Outbound.MAX_EPHEMERAL)
                .doesNotContain("h0", "r0");
    }

    @Test
    void whatIsForgottenIsNotSent() {
        onLoop(() -> {
            outbound.ephemeral(key(1), bytes("hint"));
            outbound.receipt(key(1), bytes("receipt"));
            outbound.receipt(key(2), bytes("another"));
            outbound.forget(key(1)::equals);
        });

        request(20);
        assertThat(taken).containsExactly("another");
    }

    @Test
    @Tag("credit")
    void receiptsAndHintsLeaveTheLastEightAlone() {
        onLoop(() -> {
            outbound.receipt(key(1), bytes("receipt"));
            outbound.ephemeral(key(1), bytes("hint"));
        });
        request(Outbound.RESERVED);
        assertThat(taken).isEmpty();

        request(1);
        assertThat(taken).containsExactly("receipt");
        onLoop(() -> durable("change"));
        assertThat(taken).containsExactly("receipt", "change");
    }

    @Test
    @Tag("answers")
    @Tag("credit")
    void creditLimitsEverythingButAnswers() {
        request(1_000);
        onLoop(() -> {
            outbound.limit(2);
            IntStream.range(0, 4).forEach(i -> durable("d" + i));
            outbound.answer(bytes("answer"));
        });
        assertThat(taken).containsExactly("d0", "d1", "answer");

        onLoop(() -> outbound.allow(1));

        assertThat(taken).containsExactly("d0", "d1", "answer", "d2");
    }

    @Test
    void creditThatWasNeverLimitedCannotBeAllowed() {
        assertThatThrownBy(() -> outbound.allow(1))
                .isInstanceOfSatisfying(InvalidInput.class, error -> assertThat(error.code())
                        .isEqualTo(ErrorCode.LIVE_CREDIT_UNSTATED));
    }

    @Test
    void aListInPagesIsMadePageByPageAsItIsTaken() {
        AtomicInteger made = new AtomicInteger();
        onLoop(() -> outbound.answerInPages(IntStream.range(0, 20)
                .mapToObj(i -> bytes("page" + made.getAndIncrement()))
                .iterator()));
        onLoop(() -> outbound.answer(bytes("answer")));
        assertThat(made).hasValueLessThanOrEqualTo(1);

        request(2);
        assertThat(made).hasValueLessThanOrEqualTo(3);
        request(100);

        assertThat(taken).hasSize(21).startsWith("page0").endsWith("page19", "answer");
    }

    @Test
    void isClearWhileNothingDurableWaitsAndOneWouldBeTaken() {
        assertThat(outbound.isClear()).as("nothing is asked for").isFalse();
        request(2);
        assertThat(outbound.isClear()).isTrue();

        onLoop(() -> IntStream.range(0, 3).forEach(i -> durable("d" + i)));
        assertThat(outbound.isClear()).as("one waits").isFalse();
        request(2);
        assertThat(outbound.isClear()).isTrue();

        onLoop(() -> outbound.limit(0));
        assertThat(outbound.isClear()).as("no credit").isFalse();
    }

    @Test
    void tellsWhenItMayHaveBecomeClear() {
        request(1);
        assertThat(clear.getAndSet(0)).isPositive();

        onLoop(() -> IntStream.range(0, 3).forEach(i -> durable("d" + i)));
        request(1);
        assertThat(clear).hasValue(0);
        request(2);

        assertThat(clear).hasPositiveValue();
    }

    @Test
    @Tag("answers")
    void whoDoesNotTakeAnswersIsReadNoFurther() {
        AtomicInteger answered = new AtomicInteger();
        for (int i = 0; i < Outbound.MAX_ANSWERS; i++) {
            outbound.answered(bytes("a" + i)).subscribe(null, null, answered::incrementAndGet);
            loop.run();
        }
        assertThat(answered).hasValue(Outbound.MAX_ANSWERS - 1);

        request(1);

        assertThat(answered).hasValue(Outbound.MAX_ANSWERS);
    }

    @Test
    void afterTheEndNothingWaitsAndNothingMoreIsTaken() {
        onLoop(() -> durable("d"));

        onLoop(outbound::end);
        onLoop(() -> {
            durable("late");
            outbound.answer(bytes("late"));
            outbound.ephemeral(key(1), bytes("late"));
            outbound.receipt(key(1), bytes("late"));
        });
        request(100);

        assertThat(outbound.isClear()).isFalse();
        assertThat(taken).isEmpty();
    }

    private void durable(String text) {
        outbound.durable(frames.of(bytes(text)));
    }

    private void request(long some) {
        client.request(some);
        loop.run();
    }

    private void onLoop(Runnable task) {
        loop.execute(task);
        loop.run();
    }

    private static HintKey key(int number) {
        return new HintKey(new ConversationId(new UUID(0, number)), new UserId(new UUID(0, 1)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
