package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** A fault of ours ends what it happened in, and is told. */
class FaultTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final IllegalStateException FAULT = new IllegalStateException("planted");

    private final OneConversation node = new OneConversation();
    private final OneConversation.Opened opened = node.open();
    private final LiveConnection connection = opened.connection();

    @AfterEach
    void nothingIsLeftOnTheLoop() {
        node.loop.run();
    }

    @Test
    void aTaskThatFailsOnTheLoopFailsForWhoeverWaitsForIt() {
        StepVerifier.create(connection.onLoop(FaultTest::fails))
                .then(node.loop::run)
                .expectErrorSatisfies(error -> assertThat(error).isSameAs(FAULT))
                .verify(TIMEOUT);
    }

    @Test
    void aConnectionThatCannotCatchUpEnds() {
        AtomicReference<Throwable> end = new AtomicReference<>();
        node.frames.faulty = FAULT;
        opened.stream().subscribe(frame -> {}, end::set);
        node.loop.run();

        // From further than the log reaches, which is a gap.
        node.resume(connection, 7).subscribe();
        node.loop.run();

        assertThat(end).hasValue(FAULT);
    }

    private static Object fails() {
        throw FAULT;
    }
}
