package io.parley.domain.log;

import static io.parley.domain.log.OutboxInMemory.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.util.retry.Retry;

/** Architecture 4.6: what a node stored and did not publish is delayed, and never lost. */
@Tag("publish-6")
class RelayTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OutboxInMemory outbox = new OutboxInMemory();
    private final List<Long> sent = new ArrayList<>();
    private final Set<Long> unconfirmed = new HashSet<>();
    private final Relay relay = new Relay(outbox, outbox, OutboxInMemory::encode, this::publish);
    private Disposable running;

    @AfterEach
    void stop() {
        running.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    void whatIsConfirmedLeavesTheOutbox() {
        outbox.fill(3);

        run();

        assertThat(sent).containsExactly(1L, 2L, 3L);
        assertThat(outbox.rows).isEmpty();
        assertThat(relay.published()).isEqualTo(3);
    }

    @Test
    void whatIsNotConfirmedStaysAndIsSentAgain() {
        outbox.fill(3);
        unconfirmed.add(2L);

        run();
        assertThat(outbox.rows).containsExactly(entry(2));
        unconfirmed.clear();
        time.advanceTimeBy(Relay.EVERY);

        assertThat(sent).containsExactly(1L, 2L, 3L, 2L);
        assertThat(outbox.rows).isEmpty();
    }

    @Test
    void whatHasMovedOnIsRemovedWithoutBeingPublished() {
        outbox.fill(3);
        outbox.movedOn.add(entry(2));

        run();

        assertThat(sent).containsExactly(1L, 3L);
        assertThat(outbox.rows).isEmpty();
        assertThat(relay.published()).isEqualTo(2);
    }

    @Test
    void aFullBatchIsFollowedAtOnceByTheNext() {
        outbox.fill(2 * Relay.BATCH + 1);

        run();

        assertThat(outbox.claims).containsExactly(Relay.BATCH, Relay.BATCH, 1);
        assertThat(outbox.rows).isEmpty();
    }

    @Test
    void whoDoesNotHoldTheLeaseDoesNothing() {
        outbox.fill(3);
        outbox.leasedToAnother = true;

        run();
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(sent).isEmpty();
        assertThat(outbox.rows).hasSize(3);
    }

    /** Reliability F19. */
    @Test
    void rowsThatAreNeverConfirmedHoldUpNoneOfThoseBehindThem() {
        outbox.fill(2 * Relay.BATCH + 5);
        LongStream.rangeClosed(1, Relay.BATCH + 1).forEach(unconfirmed::add);

        run();

        assertThat(outbox.rows).hasSize(Relay.BATCH + 1);
        assertThat(sent).endsWith(2L * Relay.BATCH + 5);
        unconfirmed.clear();
        time.advanceTimeBy(Relay.EVERY);
        assertThat(outbox.rows).isEmpty();
    }

    /** Reliability F19: whatever a row breaks, be it the store, the encoder or the wire. */
    @Test
    void rowsThatMakeARoundFailArePassedByOnceTheyAreAlone() {
        outbox.fill(2 * Relay.BATCH);
        outbox.unreadable.addAll(List.of(entry(1), entry(77), entry(Relay.BATCH + 1)));

        run();
        time.advanceTimeBy(Duration.ofMinutes(1));

        assertThat(outbox.rows).containsExactly(entry(1), entry(77), entry(Relay.BATCH + 1));
        outbox.unreadable.clear();
        time.advanceTimeBy(Duration.ofMinutes(1));
        assertThat(outbox.rows).isEmpty();
        assertThat(sent).doesNotHaveDuplicates().hasSize(2 * Relay.BATCH);
    }

    /** Started again when it fails, as all pipelines are. */
    private void run() {
        running = relay.run()
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, Duration.ofMillis(200)))
                .subscribe();
    }

    private Flux<EncodedChange> publish(Flux<EncodedChange> changes) {
        return changes.doOnNext(change -> sent.add(change.offset()))
                .filter(change -> !unconfirmed.contains(change.offset()));
    }
}
