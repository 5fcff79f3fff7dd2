package io.parley.domain.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.LogEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class FollowedLogTest {
    private final ManualLoop loop = new ManualLoop();
    private final TextFrames frames = new TextFrames();
    private final StoredLog stored = new StoredLog();
    private final Recorder follower = new Recorder();
    private final Hubs hubs =
            new Hubs(() -> StoredLog.EPOCH, new HoleReader(stored, StoredLog::encode, () -> 0.5), frames);
    private final FollowedLog log = new FollowedLog(stored.id, hubs.on(loop));

    FollowedLogTest() {
        log.add(follower);
    }

    @Test
    @Tag("deliver-8")
    void putsBackIntoOrderWhatArrivesInAnother() {
        long seed = System.nanoTime();
        List<EncodedChange> changes = new ArrayList<>(appended(60));
        Collections.shuffle(changes, new Random(seed));
        log.settle(0);

        changes.forEach(log::offer);

        assertThat(follower.changes).as("seed %d", seed).isEqualTo(upTo(60));
        assertThat(log.hasHole()).isFalse();
    }

    @Test
    @Tag("deliver-8")
    void handsOnEachChangeOnce() {
        List<EncodedChange> changes = appended(5);
        log.settle(0);

        Stream.of(0, 1, 0, 1, 4, 4, 2, 3, 4, 0).map(changes::get).forEach(log::offer);

        assertThat(follower.changes).isEqualTo(upTo(5));
    }

    @Test
    void holdsWhatArrivesBeforeItsHeadIsKnown() {
        appended(5).forEach(log::offer);
        assertThat(follower.changes).isEmpty();
        assertThat(log.hasHole()).isFalse();

        log.settle(3);

        assertThat(follower.changes).containsExactly(4L, 5L);
    }

    @Test
    @Tag("deliver-8")
    void holdsSixtyFourAndThenKnowsThatItMissesSome() {
        List<EncodedChange> changes = appended(FollowedLog.HELD + 3);
        log.settle(0);

        changes.subList(1, FollowedLog.HELD + 3).forEach(log::offer);
        log.offer(changes.get(0));

        assertThat(follower.changes).isEqualTo(upTo(FollowedLog.HELD + 1));
        assertThat(log.hasHole()).as("what was dropped is still missing").isTrue();
        log.beginRead();
        assertThat(log.hasHole()).isFalse();
    }

    @Test
    void aPieceMovesThePositionAndLetsGoWhatWasHeld() {
        List<EncodedChange> changes = appended(6);
        log.settle(0);
        log.offer(changes.get(5));

        log.fill(0, new Piece(5, 6, 0, changes.subList(3, 5)));

        assertThat(follower.pieces).containsExactly("0-5:2");
        assertThat(follower.changes).containsExactly(6L);
        assertThat(log.position()).isEqualTo(6);
    }

    @Test
    void aPieceThatComesTooLateIsDropped() {
        List<EncodedChange> changes = appended(3);
        log.settle(0);
        changes.forEach(log::offer);

        log.fill(0, new Piece(2, 3, 0, changes.subList(0, 2)));

        assertThat(follower.pieces).isEmpty();
        assertThat(log.position()).isEqualTo(3);
    }

    @Test
    @Tag("catchup-12")
    void keepsTheLatestAsLongAsSomebodyLags() {
        List<EncodedChange> changes = appended(100);
        log.settle(0);
        changes.subList(0, 10).forEach(log::offer);
        assertThat(log.recent(9)).as("nobody lags").isNull();

        log.lag();
        changes.subList(10, 100).forEach(log::offer);

        assertThat(log.recent(35)).as("more than the ring holds").isNull();
        assertThat(log.recent(36)).hasSize(FollowedLog.RING).isEqualTo(changes.subList(36, 100));
        assertThat(log.recent(98)).isEqualTo(changes.subList(98, 100));
        log.lagNoMore();
        assertThat(log.recent(98)).isNull();
    }

    @Test
    @Tag("catchup-13")
    void afterAPieceTheRingBeginsAnew() {
        List<EncodedChange> changes = appended(10);
        log.settle(0);
        log.lag();
        changes.subList(0, 3).forEach(log::offer);

        log.fill(3, new Piece(6, 6, 0, changes.subList(5, 6)));
        changes.subList(6, 8).forEach(log::offer);

        assertThat(log.recent(2)).as("it does not hold every offset").isNull();
        assertThat(log.recent(6)).isEqualTo(changes.subList(6, 8));
    }

    @Test
    @Tag("deliver-10")
    void aLargeRoomIsToldInSlicesBetweenWhichOthersHaveTheirTurn() {
        List<Recorder> room = Stream.generate(Recorder::new).limit(600).toList();
        room.forEach(log::add);
        log.settle(0);
        List<EncodedChange> changes = appended(2);

        log.offer(changes.get(0));
        assertThat(room.stream().filter(one -> !one.changes.isEmpty()))
                .as("and the one who was there before")
                .hasSize(FollowedLog.SLICE - 1);
        log.offer(changes.get(1));
        loop.run();

        assertThat(room).allSatisfy(one -> assertThat(one.changes).isEqualTo(upTo(2)));
        assertThat(log.recent(0)).as("somebody of a later slice may lag").isEqualTo(changes);
    }

    @Test
    void whoLeavesALargeRoomLeavesNoRingWithAHole() {
        List<Recorder> room =
                Stream.generate(Recorder::new).limit(FollowedLog.SLICE).toList();
        room.forEach(log::add);
        log.settle(0);
        List<EncodedChange> changes = appended(12);
        changes.subList(0, 5).forEach(log::offer);
        loop.run();

        log.remove(room.get(0));
        changes.subList(5, 10).forEach(log::offer);
        loop.run();
        log.lag();
        changes.subList(10, 12).forEach(log::offer);

        assertThat(log.recent(7)).as("8, 9 and 10 are not in it").isNull();
        assertThat(log.recent(10)).isEqualTo(changes.subList(10, 12));
    }

    @Test
    @Tag("bound")
    void theRingIsBoundedInBytesToo() {
        log.settle(0);
        log.lag();
        LogEntry entry = appended(1).get(0).entry();
        List<EncodedChange> large = LongStream.rangeClosed(1, 20)
                .mapToObj(offset -> new EncodedChange(
                        StoredLog.EPOCH,
                        new LogEntry(entry.log(), offset, entry.kind(), entry.item(), entry.reason()),
                        offset,
                        new byte[16 * 1024]))
                .toList();

        large.forEach(log::offer);

        assertThat(log.recent(11)).isNull();
        assertThat(log.recent(12)).isEqualTo(large.subList(12, 20));
    }

    @Test
    @Tag("deliver-10")
    void oneFrameIsMadeForAllWhoTakeTheChangeAndReleasedInTheEnd() {
        List<Frame> taken = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            log.add(new Recorder() {
                @Override
                public void onChange(Delivery delivery) {
                    taken.add(delivery.frame());
                }
            });
        }
        log.settle(0);

        appended(1).forEach(log::offer);
        loop.run();

        assertThat(frames.made).isEqualTo(1);
        assertThat(taken).hasSize(300);
        taken.forEach(Frame::release);
        frames.areAllReleased();
    }

    @Test
    void aFollowerMayLeaveWhileItIsTold() {
        Recorder second = new Recorder();
        Recorder leaving = new Recorder() {
            @Override
            public void onChange(Delivery delivery) {
                log.remove(this);
            }
        };
        log.add(leaving);
        log.add(second);
        log.settle(0);

        appended(3).forEach(log::offer);

        assertThat(second.changes).isEqualTo(upTo(3));
    }

    @Test
    void aFollowerThatFailsIsToldSoAndTheOthersAreTold() {
        IllegalStateException fault = new IllegalStateException("planted");
        Recorder failing = new Recorder() {
            @Override
            public void onChange(Delivery delivery) {
                throw fault;
            }
        };
        Recorder second = new Recorder();
        log.add(failing);
        log.add(second);
        log.settle(0);

        appended(2).forEach(log::offer);

        assertThat(failing.faults).containsExactly(fault, fault);
        assertThat(second.changes).isEqualTo(upTo(2));
        assertThat(log.position()).isEqualTo(2);
    }

    private List<EncodedChange> appended(int count) {
        return Stream.generate(stored::append).limit(count).toList();
    }

    private static List<Long> upTo(long offset) {
        return LongStream.rangeClosed(1, offset).boxed().toList();
    }
}
