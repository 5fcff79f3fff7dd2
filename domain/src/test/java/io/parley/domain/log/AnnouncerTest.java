package io.parley.domain.log;

import static io.parley.domain.log.OutboxInMemory.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.Announcer.Kept;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Architecture 4.5 and 4.13: published in order and cached beside it; what is not confirmed stays in the outbox. */
class AnnouncerTest implements RecentChanges {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final OutboxInMemory outbox = new OutboxInMemory();
    private final RecentWriter recent = new RecentWriter(this);
    private final Announcer announcer =
            new Announcer(OutboxInMemory::encode, this::publish, outbox, new Kept(recent, outbox));
    private final List<Long> sent = new ArrayList<>();
    private final List<Long> cached = new ArrayList<>();
    private final Set<Long> unconfirmed = new HashSet<>();
    private final Disposable.Composite running = Disposables.composite();
    private boolean away;

    @AfterEach
    void stop() {
        running.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    @Tag("publish-5")
    void whatIsConfirmedLeavesTheOutbox() {
        run();

        announce(1, 3);
        settle();

        assertThat(sent).containsExactly(1L, 2L, 3L);
        assertThat(outbox.rows).isEmpty();
    }

    @Test
    @Tag("publish-5")
    void whatIsNotConfirmedStaysInTheOutbox() {
        run();
        unconfirmed.add(2L);

        announce(1, 3);
        settle();

        assertThat(sent).containsExactly(1L, 2L, 3L);
        assertThat(outbox.rows).containsExactly(entry(2));
    }

    @Test
    @Tag("publish-5")
    void whatDoesNotFitIntoTheQueueStaysInTheOutbox() {
        announce(1, Announcer.QUEUE + 2);
        running.add(announcer.run().subscribe());

        settle();

        assertThat(sent).hasSize(Announcer.QUEUE);
        assertThat(outbox.rows).containsExactly(entry(Announcer.QUEUE + 1), entry(Announcer.QUEUE + 2));
    }

    @Test
    @Tag("catchup-13")
    void whileTheWireIsAwayWhatIsStoredIsCachedAllTheSame() {
        away = true;
        run();

        announce(1, 1_000);
        settle();

        assertThat(sent).isEmpty();
        assertThat(outbox.rows).hasSize(1_000);
        assertThat(cached).hasSize(1_000).isSorted();
    }

    @Test
    void entriesAreAnnouncedWithTheStateThatTheyHaveNow() {
        run();
        outbox.fill(2);
        outbox.movedOn.add(entry(1));

        announcer.announceEntries(List.of(entry(1), entry(2))).subscribe();
        settle();

        assertThat(sent).containsExactly(2L);
        assertThat(outbox.rows).containsExactly(entry(1));
    }

    private void run() {
        running.add(recent.run().subscribe());
        running.add(announcer.run().subscribe());
    }

    private void announce(long from, long to) {
        for (long offset = from; offset <= to; offset++) {
            outbox.rows.add(entry(offset));
            announcer.announce(List.of(OutboxInMemory.change(entry(offset))));
        }
    }

    private void settle() {
        time.advanceTimeBy(Duration.ofSeconds(1));
    }

    private Flux<EncodedChange> publish(Flux<EncodedChange> changes) {
        return away
                ? Flux.never()
                : changes.doOnNext(change -> sent.add(change.offset()))
                        .filter(change -> !unconfirmed.contains(change.offset()));
    }

    @Override
    public Mono<Void> put(List<EncodedChange> changes) {
        return Mono.fromRunnable(() -> changes.forEach(change -> cached.add(change.offset())));
    }

    @Override
    public Mono<List<EncodedChange>> range(LogId log, long after, long to, int limit) {
        return Mono.error(new AssertionError("unused"));
    }
}
