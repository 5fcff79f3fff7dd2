package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogHead;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

class HubTest {
    private final ManualLoop loop = new ManualLoop();
    private final TextFrames frames = new TextFrames();
    private final StoredLog stored = new StoredLog();
    private final HoleReader holes = new HoleReader(stored, StoredLog::encode, () -> 0.5);
    private final Hubs hubs = new Hubs(() -> StoredLog.EPOCH, holes, frames);
    private final Hub hub = hubs.on(loop);
    private final Recorder follower = new Recorder();
    private final Disposable reading = holes.run().subscribe();

    @AfterEach
    void stop() {
        reading.dispose();
    }

    @Test
    @Tag("deliver-8")
    void readsAHoleAfterFiftyMilliseconds() {
        FollowedLog log = follow();
        stored.append();
        hear(stored.append());

        loop.pass(Duration.ofMillis(49));
        assertThat(stored.reads).isZero();
        loop.pass(Duration.ofMillis(1));

        assertThat(stored.reads).isEqualTo(1);
        assertThat(follower.pieces).containsExactly("0-2:2");
        assertThat(log.position()).isEqualTo(2);
        assertThat(follower.changes).isEmpty();
    }

    @Test
    @Tag("deliver-8")
    void readsNothingIfTheHoleFillsByItself() {
        follow();
        EncodedChange first = stored.append();
        hear(stored.append());
        hear(first);

        loop.pass(Duration.ofSeconds(1));

        assertThat(stored.reads).isZero();
        assertThat(follower.changes).containsExactly(1L, 2L);
    }

    /** What waits for a loop is bounded, and nothing of it is lost. */
    @Test
    void ofTooManyChangesThatWaitForTheLoopOnlyTheEndIsRemembered() {
        FollowedLog log = follow();
        int some = Hub.MAX_WAITING + 1_000;
        Stream.generate(stored::append).limit(some).forEach(this::arrive);

        loop.run();
        loop.pass(Duration.ofMillis(50));

        assertThat(follower.changes).as("those that found room").hasSize(Hub.MAX_WAITING);
        assertThat(log.position()).isEqualTo(some);
        assertThat(stored.reads).isPositive();
    }

    @Test
    @Tag("deliver-8")
    void offsetsThatHaveBeenSupersededAreSkippedByThePiece() {
        FollowedLog log = follow();
        UUID item = UUID.randomUUID();
        stored.append(item);
        stored.append(item);
        stored.append(item);
        hear(stored.append());

        loop.pass(Duration.ofMillis(50));

        assertThat(follower.pieces).containsExactly("0-4:2");
        assertThat(log.position()).isEqualTo(4);
    }

    @Test
    void newsOfAHeadAreReadAtOnce() {
        follow();
        stored.append();

        hubs.onHeads(List.of(new LogHead(stored.id, 1)));
        loop.run();

        assertThat(follower.pieces).containsExactly("0-1:1");
    }

    @Test
    void aHeadThatIsKnownIsNoNews() {
        follow();
        hear(stored.append());

        hubs.onHeads(List.of(new LogHead(stored.id, 1)));
        loop.pass(Duration.ofSeconds(5));

        assertThat(stored.reads).isZero();
    }

    @Test
    @Tag("log-4")
    void aHoleThatIsGoneForGoodIsAGap() {
        FollowedLog log = follow();
        for (int i = 0; i < 5; i++) {
            stored.append();
        }
        stored.raiseFloor(3);
        hear(stored.append());

        loop.pass(Duration.ofMillis(50));

        assertThat(follower.gaps).containsExactly(6L);
        assertThat(log.position()).isEqualTo(6);
    }

    @Test
    void aReadThatFailsIsTriedAgainAfterASecond() {
        follow();
        stored.failing = 2;
        stored.append();
        hear(stored.append());

        loop.pass(Duration.ofMillis(50));
        assertThat(follower.pieces).isEmpty();
        loop.pass(Duration.ofSeconds(1));
        assertThat(follower.pieces).isEmpty();
        loop.pass(Duration.ofSeconds(1));

        assertThat(follower.pieces).containsExactly("0-2:2");
        assertThat(stored.reads).isEqualTo(3);
    }

    @Test
    void aLongHoleIsReadPageByPage() {
        FollowedLog log = follow();
        for (int i = 0; i < 2 * HoleReader.LIMIT + 10; i++) {
            stored.append();
        }

        hubs.onHeads(List.of(new LogHead(stored.id, 1)));
        loop.run();

        assertThat(stored.reads).isEqualTo(3);
        assertThat(log.position()).isEqualTo(stored.head());
        assertThat(follower.pieces).containsExactly("0-256:256", "256-512:256", "512-522:10");
    }

    @Test
    void whatComesAfterTheReadIsHandedOnByItself() {
        follow();
        stored.append();
        EncodedChange second = stored.append();
        hear(second);
        for (int i = 0; i < FollowedLog.HELD + 10; i++) {
            hear(stored.append());
        }

        loop.pass(Duration.ofMillis(50));
        hear(stored.append());

        assertThat(follower.pieces).hasSize(1);
        assertThat(follower.changes).containsExactly(stored.head());
    }

    /** Nobody knows yet where the log is, but that something of it was not heard. */
    @Test
    @Tag("deliver-9")
    void whatWasMissedBeforeALogHasSettledIsReadThen() {
        FollowedLog log = hub.follow(stored.id, follower);
        stored.append();
        hubs.onHeads(List.of(new LogHead(stored.id, 1)));
        loop.run();

        hub.settle(log, 0);
        loop.pass(Duration.ofMillis(50));

        assertThat(log.position()).isEqualTo(1);
    }

    /** What had no room is looked at also if nothing is heard after it. */
    @Test
    @Tag("deliver-9")
    void whatIsPassedOverWithNothingAfterItIsReadAtOnce() {
        FollowedLog log = follow();
        Stream.generate(stored::append).limit(Hub.MAX_WAITING + 1).forEach(this::arrive);

        loop.run();

        assertThat(log.position()).isEqualTo(Hub.MAX_WAITING + 1);
    }

    @Test
    @Tag("log-4")
    void changesOfAnotherEpochAreIgnored() {
        follow();
        EncodedChange change = stored.append();

        hear(new EncodedChange(UUID.randomUUID(), change.entry(), change.seq(), change.wire()));
        loop.pass(Duration.ofSeconds(1));

        assertThat(follower.changes).isEmpty();
        assertThat(stored.reads).isZero();
    }

    @Test
    void aLogWithoutFollowersIsForgotten() {
        follow();
        assertThat(hubs.of(stored.id)).hasSize(1);

        hub.unfollow(stored.id, follower);
        hear(stored.append());

        assertThat(hubs.of(stored.id)).isEmpty();
        assertThat(follower.changes).isEmpty();
    }

    @Test
    void aLogThatIsFollowedAnewWhileItsHoleWaitsIsReadToo() {
        follow();
        stored.append();
        hear(stored.append());
        hub.unfollow(stored.id, follower);
        FollowedLog again = follow();
        stored.append();
        hear(stored.append());

        loop.pass(Duration.ofSeconds(2));

        assertThat(again.position()).isEqualTo(4);
    }

    private FollowedLog follow() {
        FollowedLog log = hub.follow(stored.id, follower);
        hub.settle(log, 0);
        return log;
    }

    private void hear(EncodedChange change) {
        arrive(change);
        loop.run();
    }

    private void arrive(EncodedChange change) {
        hubs.of(change.log()).forEach(log -> log.hear(change));
    }
}
