package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Change;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Architecture 4.8: hole reads are batched over logs, jittered, and limited per node. */
@Tag("deliver-8")
class HoleReaderTest implements LogReader {
    private static final long HEAD_OF_ALL = 7;

    private final ManualLoop loop = new ManualLoop();
    private double jitter = 0.5;
    private final HoleReader holes = new HoleReader(this, StoredLog::encode, () -> jitter);
    private final Hubs hubs = new Hubs(() -> StoredLog.EPOCH, holes, new TextFrames());
    private final Hub hub = hubs.on(loop);
    private final Disposable reading = holes.run().subscribe();
    private final List<List<Range>> statements = new ArrayList<>();
    private final List<Integer> limits = new ArrayList<>();
    private final Queue<Sinks.One<List<LogPage>>> underWay = new ArrayDeque<>();

    @AfterEach
    void stop() {
        reading.dispose();
    }

    @Test
    void whatComesWhileStatementsAreUnderWayGoesTogether() {
        missing(hub, logs(100));

        assertThat(statements).extracting(List::size).containsExactly(1, 1);
        answer();
        answer();

        assertThat(statements).extracting(List::size).containsExactly(1, 1, HoleReader.LOGS, 34);
        assertThat(limits).containsExactly(256, 256, 64, 120);
    }

    @Test
    void neverMoreThanTwoStatementsAreUnderWay() {
        missing(hub, logs(500));
        int most = 0;
        while (!underWay.isEmpty()) {
            most = Math.max(most, underWay.size());
            answer();
        }

        assertThat(most).isEqualTo(HoleReader.AT_ONCE);
        assertThat(statements.stream().mapToInt(List::size).sum()).isEqualTo(500);
        assertThat(holes.pagesRead()).isEqualTo(500);
    }

    @Test
    void aLogThatSeveralLoopsWaitForIsReadOnceFromWhereTheFirstOfThemStands() {
        ManualLoop otherLoop = new ManualLoop();
        Hub other = hubs.on(otherLoop);
        LogId log = logs(1).get(0);
        missing(hub, logs(2));
        FollowedLog behind = follow(hub, log, 2);
        FollowedLog ahead = follow(other, log, 5);
        hubs.onHeads(List.of(new LogHead(log, HEAD_OF_ALL)));
        loop.run();
        otherLoop.run();
        answer();
        answer();

        assertThat(statements.get(2)).containsExactly(new Range(log, 2));
        answer();
        otherLoop.run();
        assertThat(behind.position()).isEqualTo(HEAD_OF_ALL);
        assertThat(ahead.position()).isEqualTo(HEAD_OF_ALL);
    }

    @Test
    void whatCouldNotBeReadIsReadAgainAtAnotherMomentByEach() {
        List<Duration> pauses = Stream.of(0.0, 0.5, 1.0)
                .map(random -> {
                    jitter = random;
                    return holes.readAgainAfter();
                })
                .toList();
        assertThat(pauses).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(1_500));

        jitter = 1;
        missing(hub, logs(1));
        underWay.remove().tryEmitError(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null));
        loop.pass(Duration.ofMillis(1_499));
        assertThat(statements).hasSize(1);
        loop.pass(Duration.ofMillis(1));

        assertThat(statements).hasSize(2);
    }

    @Test
    void moreThanTheQueueHoldsIsAskedForAgainLater() {
        missing(hub, logs(HoleReader.QUEUE + HoleReader.AT_ONCE + 10));
        while (!underWay.isEmpty()) {
            answer();
        }
        assertThat(holes.pagesRead()).isEqualTo(HoleReader.QUEUE + HoleReader.AT_ONCE);

        loop.pass(Duration.ofSeconds(2));
        while (!underWay.isEmpty()) {
            answer();
        }

        assertThat(holes.pagesRead()).isEqualTo(HoleReader.QUEUE + HoleReader.AT_ONCE + 10);
    }

    private static List<LogId> logs(int count) {
        return IntStream.range(0, count)
                .mapToObj(number -> new LogId(UUID.randomUUID()))
                .toList();
    }

    private void missing(Hub at, List<LogId> logs) {
        logs.forEach(log -> follow(at, log, 0));
        hubs.onHeads(logs.stream().map(log -> new LogHead(log, HEAD_OF_ALL)).toList());
        loop.run();
    }

    private static FollowedLog follow(Hub at, LogId id, long position) {
        FollowedLog log = at.follow(id, new Recorder());
        at.settle(log, position);
        return log;
    }

    /** The statement that has been under way for longest. */
    private void answer() {
        int number = statements.size() - underWay.size();
        List<LogPage> pages = statements.get(number).stream()
                .map(range -> new LogPage(List.of(), HEAD_OF_ALL, 0))
                .toList();
        underWay.remove().tryEmitValue(pages);
        loop.run();
    }

    @Override
    public Mono<List<LogPage>> pages(List<Range> ranges, int limit) {
        return Mono.defer(() -> {
            statements.add(ranges);
            limits.add(limit);
            Sinks.One<List<LogPage>> answer = Sinks.one();
            underWay.add(answer);
            return answer.asMono();
        });
    }

    @Override
    public Mono<LogPage> page(LogId log, long after, long to, int limit) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<LogPage> pageFor(UserId reader, LogId log, long after, long to, int limit) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Mono<Map<LogId, PageFor>> pagesFor(UserId reader, List<Range> ranges, int limit) {
        return Mono.error(new AssertionError("unused"));
    }

    @Override
    public Flux<LogHead> heads(Collection<LogId> logs) {
        return Flux.error(new AssertionError("unused"));
    }

    @Override
    public Flux<Change> present(List<LogEntry> entries) {
        return Flux.error(new AssertionError("unused"));
    }
}
