package io.parley.domain.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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
    void answersGoFirstThenChangesThenHints() {
        onLoop(() -> {
            outbound.ephemeral("key", bytes("hint"));
            outbound.durable(bytes("change"));
            outbound.answer(bytes("answer"));
        });

        request(10);

        assertThat(taken).containsExactly("answer", "change", "hint");
    }

    @Test
    void ofAHintOnlyTheLatestWaitsAndOfTooManyTheOldestIsForgotten() {
        onLoop(() -> {
            outbound.ephemeral("same", bytes("old"));
            outbound.ephemeral("same", bytes("new"));
        });
        request(1);
        assertThat(taken).containsExactly("new");

        onLoop(() -> {
            for (int i = 0; i <= Outbound.MAX_EPHEMERAL; i++) {
                outbound.ephemeral(i, bytes("h" + i));
            }
        });
        request(1_000);

        assertThat(taken).hasSize(1 + Outbound.MAX_EPHEMERAL).doesNotContain("h0");
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
            outbound.ephemeral("late", bytes("late"));
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

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
