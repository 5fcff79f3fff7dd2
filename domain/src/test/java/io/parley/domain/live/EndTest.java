package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is left of a connection that has ended: nothing. */
class EndTest {
    private static final Unauthenticated ENDED = new Unauthenticated(ErrorCode.SESSION_ENDED);

    private final OneConversation node = new OneConversation();
    private final OneConversation.Opened opened = node.open();
    private final LiveConnection connection = opened.connection();
    private final AtomicReference<Throwable> end = new AtomicReference<>();

    private void run() {
        opened.stream().subscribe(frame -> {}, end::set);
        node.loop.run();
    }

    private void endsNow() {
        connection.fail(ENDED);
        node.loop.run();
        assertThat(end).hasValue(ENDED);
    }

    @Test
    void nobodyIsToldThatItBeginsWhenItIsOver() {
        run();
        endsNow();
        int told = node.told;

        node.resume(connection, 0).subscribe();
        node.loop.run();

        assertThat(node.told).isEqualTo(told);
        assertThat(node.present).isEmpty();
    }

    @Test
    void whatItReadsIsGivenUp() {
        Stream.generate(node.stored::append).limit(100).forEach(change -> {});
        node.cacheHangs = true;
        run();
        node.resume(connection, 0).subscribe();
        node.loop.run();
        assertThat(node.givenUp).isZero();

        endsNow();

        assertThat(node.givenUp).isEqualTo(1);
    }
}
