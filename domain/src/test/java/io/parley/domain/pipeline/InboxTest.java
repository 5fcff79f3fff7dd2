package io.parley.domain.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

class InboxTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int WRITERS = 4;
    private static final int EACH = 50_000;

    private final Inbox<Integer> inbox = new Inbox<>(4);
    private final List<List<Integer>> taken = new ArrayList<>();

    @Test
    void whatComesIsTakenAtOnce() {
        Disposable run = inbox.batches(2).subscribe(taken::add);

        inbox.offer(1);
        inbox.offer(2);
        run.dispose();

        assertThat(taken).containsExactly(List.of(1), List.of(2));
    }

    @Test
    void whatComesWhileNothingIsAskedForGoesTogether() {
        Sinks.Empty<Void> working = Sinks.empty();
        Disposable run = inbox.batches(2)
                .doOnNext(taken::add)
                .concatMap(batch -> working.asMono(), 0)
                .subscribe();
        List.of(1, 2, 3, 4).forEach(inbox::offer);
        assertThat(taken).containsExactly(List.of(1));

        working.tryEmitEmpty();
        run.dispose();

        assertThat(taken).containsExactly(List.of(1), List.of(2, 3), List.of(4));
    }

    @Test
    void moreThanItHoldsIsRefusedUntilSomethingIsTaken() {
        assertThat(List.of(1, 2, 3, 4).stream().map(inbox::offer)).containsOnly(true);
        assertThat(inbox.offer(5)).isFalse();

        assertThat(inbox.poll()).isEqualTo(1);

        assertThat(inbox.offer(5)).isTrue();
    }

    @Test
    void whatWaitsOutlivesTheRun() {
        inbox.batches(1).subscribe(taken::add).dispose();
        inbox.offer(1);

        inbox.batches(1).subscribe(taken::add).dispose();

        assertThat(taken).containsExactly(List.of(1));
    }

    /** Also in the moments in which it falls asleep and wakes up. */
    @Test
    void whatManyThreadsPutInComesOutOnceAndInTheOrderOfEach() {
        Inbox<Integer> wide = new Inbox<>(WRITERS * EACH);
        Scheduler writing = Schedulers.newParallel("writers", WRITERS);
        Scheduler working = Schedulers.newSingle("worker");
        Map<Integer, Integer> last = new HashMap<>();
        AtomicLong count = new AtomicLong();
        Sinks.Empty<Void> all = Sinks.empty();
        Disposable run = wide.batches(7)
                .concatMap(batch -> Mono.fromRunnable(() -> batch.forEach(number -> {
                            Integer before = last.put(number % WRITERS, number);
                            if (before != null && before >= number) {
                                all.tryEmitError(new AssertionError(number + " after " + before));
                            } else if (count.incrementAndGet() == WRITERS * EACH) {
                                all.tryEmitEmpty();
                            }
                        }))
                        .subscribeOn(working))
                .subscribe();

        Flux.range(0, WRITERS)
                .flatMap(
                        writer -> Flux.range(0, EACH)
                                .doOnNext(i -> wide.offer(i * WRITERS + writer))
                                .subscribeOn(writing),
                        WRITERS)
                .then(all.asMono())
                .block(TIMEOUT);

        assertThat(count).hasValue(WRITERS * EACH);
        run.dispose();
        writing.dispose();
        working.dispose();
    }
}
