package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.ChangeFeed;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Outbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Silence proves nothing: what nobody was told of is looked for. */
@Tag("deliver-9")
class SilenceTest implements ChangeFeed, Outbox {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final ManualLoop loop = new ManualLoop();
    private final StoredLog stored = new StoredLog();
    private final HoleReader holes = new HoleReader(stored, StoredLog::encode, () -> 0.5);
    private final Hubs hubs = new Hubs(() -> StoredLog.EPOCH, holes, new TextFrames());
    private final Recorder follower = new Recorder();
    private final FollowedLog log = hubs.on(loop).follow(stored.id, follower);
    private final Sinks.Many<Signal> feed = Sinks.many().unicast().onBackpressureBuffer();
    private final Disposable.Composite running =
            Disposables.composite(holes.run().subscribe());

    /** When the outbox was asked, in seconds, and for how old an entry. */
    private final List<String> looks = new ArrayList<>();

    private boolean away;

    SilenceTest() {
        hubs.on(loop).settle(log, 0);
    }

    @AfterEach
    void stop() {
        running.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    void whatWaitsInTheOutboxForASecondIsReadWithinTwoMore() {
        running.add(Watch.overOutbox(this, hubs).run().subscribe());
        stored.append();
        pass(Duration.ofMillis(1_999));
        assertThat(log.position()).isZero();

        pass(Duration.ofMillis(1));
        stored.append();
        pass(Duration.ofSeconds(2));

        assertThat(follower.pieces).containsExactly("0-1:1", "1-2:1");
        assertThat(looks).containsExactly("2 PT1S", "4 PT1S");
    }

    @Test
    void aLookThatFailsIsFollowedByTheNext() {
        away = true;
        running.add(Watch.overOutbox(this, hubs).run().subscribe());
        stored.append();
        pass(Duration.ofSeconds(4));
        assertThat(log.position()).isZero();

        away = false;
        pass(Duration.ofSeconds(2));

        assertThat(log.position()).isEqualTo(1);
    }

    @Test
    void theHeadsOfAllFollowedLogsAreReadOnceAMinute() {
        running.add(Watch.overHeads(stored, hubs).run().subscribe());
        stored.append();
        pass(Duration.ofSeconds(59));
        assertThat(log.position()).isZero();

        pass(Duration.ofSeconds(1));

        assertThat(log.position()).isEqualTo(1);
    }

    @Test
    void theHeadsAreReadAfterEachDiscontinuityOfTheFeed() {
        running.add(
                new HearChanges(this, hubs, Watch.overHeads(stored, hubs)).run().subscribe());
        stored.append();
        pass(Duration.ofSeconds(5));
        assertThat(log.position()).isZero();

        feed.tryEmitNext(Signal.POSITIONED);
        pass(Duration.ZERO);
        assertThat(log.position()).isEqualTo(1);
        stored.append();
        feed.tryEmitNext(Signal.POSITIONED);
        pass(Duration.ZERO);

        assertThat(log.position()).isEqualTo(2);
    }

    private void pass(Duration some) {
        time.advanceTimeBy(some);
        loop.run();
    }

    @Override
    public Flux<Signal> follow(Function<LogId, ? extends List<? extends Listener>> listeners) {
        return feed.asFlux();
    }

    @Override
    public Flux<LogHead> olderThan(Duration age, Collection<LogId> logs) {
        return Flux.defer(() -> {
            looks.add(time.now(TimeUnit.SECONDS) + " " + age);
            return away ? Flux.error(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)) : stored.heads(logs);
        });
    }

    @Override
    public Mono<Void> remove(Collection<LogEntry> entries) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<List<LogEntry>> claim(Duration age, int passed, int limit, Duration lease) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Backlog> backlog(int most) {
        return Mono.error(new AssertionError("unused"));
    }
}
