package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.live.LiveConnection.HintKey;
import io.parley.domain.user.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;

class OutboundTest {
    private final ManualLoop loop = new ManualLoop();
    private final AtomicInteger room = new AtomicInteger();
    private final AtomicInteger cancelled = new AtomicInteger();
    private final Outbound outbound = new Outbound(loop, room::incrementAndGet, cancelled::incrementAndGet);
    private final List<String> taken = new ArrayList<>();
    private final BaseSubscriber<byte[]> client = new BaseSubscriber<>() {
        @Override
        protected void hookOnSubscribe(Subscription subscription) {
            // Asks when the test says so.
        }

        @Override
        protected void hookOnNext(byte[] frame) {
            taken.add(new String(frame, UTF_8));
        }
    };

    @BeforeEach
    void subscribe() {
        outbound.subscribe(client);
        loop.run();
    }

    @Test
    void emitsWhatIsAskedForAndNoMore() {
        onLoop(() -> {
            for (int i = 0; i < 10; i++) {
                outbound.durable(bytes("d" + i));
            }
        });
        assertThat(taken).isEmpty();

        request(3);
        assertThat(taken).containsExactly("d0", "d1", "d2");
        request(1);
        assertThat(taken).hasSize(4);
    }

    @Test
    void answersGoFirstThenChangesThenReceiptsThenHints() {
        onLoop(() -> {
            outbound.ephemeral(key(1), bytes("hint"));
            outbound.receipt(key(1), bytes("receipt"));
            outbound.durable(bytes("change"));
            outbound.answer(bytes("answer"));
        });

        request(10);

        assertThat(taken).containsExactly("answer", "change", "receipt", "hint");
    }

    @Test
    void ofAHintOnlyTheLatestWaitsAndOfTooManyTheOldestIsForgotten() {
        onLoop(() -> {
            outbound.ephemeral(key(1), bytes("old"));
            outbound.ephemeral(key(1), bytes("new"));
        });
        request(1);
        assertThat(taken).containsExactly("new");

        onLoop(() -> {
            for (int i = 0; i <= Outbound.MAX_EPHEMERAL; i++) {
                outbound.ephemeral(key(i), bytes("h" + i));
            }
        });
        request(1_000);

        assertThat(taken).hasSize(1 + Outbound.MAX_EPHEMERAL).doesNotContain("h0");
    }

    @Test
    void ofAReceiptOnlyTheLatestWaitsAndOfTooManyTheOldestIsForgotten() {
        onLoop(() -> {
            for (int i = 0; i <= Outbound.MAX_RECEIPTS; i++) {
                outbound.receipt(key(i), bytes("r" + i));
            }
            outbound.receipt(key(Outbound.MAX_RECEIPTS), bytes("latest"));
        });

        request(1_000);
        assertThat(taken)
                .hasSize(Outbound.MAX_RECEIPTS)
                .doesNotContain("r0", "r" + Outbound.MAX_RECEIPTS)
                .endsWith("latest");
    }

    @Test
    void whatIsForgottenIsNotSent() {
        onLoop(() -> {
            outbound.ephemeral(key(1), bytes("hint"));
            outbound.receipt(key(1), bytes("receipt"));
            outbound.receipt(key(2), bytes("another"));
            outbound.forget(key(1)::equals);
        });

        request(10);
        assertThat(taken).containsExactly("another");
    }

    @Test
    void hasRoomForSoManyFramesAndBytes() {
        onLoop(() -> {
            for (int i = 0; i < Outbound.MAX_FRAMES; i++) {
                assertThat(outbound.hasRoom(1, 1)).isTrue();
                outbound.durable(new byte[1]);
            }
            assertThat(outbound.hasRoom(1, 1)).isFalse();
        });
        request(1);
        assertThat(outbound.hasRoom(1, 1)).isTrue();
        assertThat(outbound.hasRoom(2, 2)).isFalse();
        request(1_000);

        onLoop(() -> outbound.durable(new byte[0]));
        assertThat(outbound.hasRoom(1, Outbound.MAX_BYTES)).isTrue();
        assertThat(outbound.hasRoom(1, Outbound.MAX_BYTES + 1)).isFalse();
    }

    @Test
    void tellsThatThereIsRoomWheneverChangesHaveLeft() {
        onLoop(() -> outbound.answer(bytes("answer")));
        request(1);
        assertThat(room).hasValue(0);

        onLoop(() -> outbound.durable(bytes("change")));
        assertThat(room).hasValue(0);
        request(1);

        assertThat(room).hasValue(1);
    }

    @Test
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
    void afterACancelNothingWaitsAndNothingMoreIsTaken() {
        onLoop(() -> outbound.durable(bytes("d")));

        client.cancel();
        loop.run();
        onLoop(() -> {
            outbound.durable(bytes("late"));
            outbound.answer(bytes("late"));
            outbound.ephemeral(key(1), bytes("late"));
            outbound.receipt(key(1), bytes("late"));
        });

        assertThat(cancelled).hasValue(1);
        assertThat(outbound.hasRoom(1, 1)).isFalse();
        assertThat(taken).isEmpty();
    }

    private void request(long frames) {
        client.request(frames);
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
