package io.parley.domain.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.Outbox.Backlog;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.test.scheduler.VirtualTimeScheduler;

class BacklogWatchTest {
    private static final Backlog SOME = new Backlog(3, Duration.ofSeconds(4));

    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OutboxInMemory outbox = new OutboxInMemory();
    private final BacklogWatch watch = new BacklogWatch(outbox);
    private Disposable running;

    @AfterEach
    void stop() {
        running.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    void looksAtOnceAndEveryFiveSecondsAndKnowsNothingOfAStoreThatDoesNotAnswer() {
        outbox.backlog = SOME;
        running = watch.run().subscribe();
        assertThat(watch.latest()).contains(SOME);

        outbox.backlog = null;
        time.advanceTimeBy(BacklogWatch.EVERY);
        assertThat(watch.latest()).isEmpty();

        outbox.backlog = SOME;
        time.advanceTimeBy(BacklogWatch.EVERY);
        assertThat(watch.latest()).contains(SOME);
    }
}
