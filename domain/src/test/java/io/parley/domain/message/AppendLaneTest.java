package io.parley.domain.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Announcer;
import io.parley.domain.log.Change;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.RecentWriter;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageLog.ConversationsLocked;
import io.parley.domain.message.MessageOutcome.Refused;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

class AppendLaneTest {
    private final VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
    private final HeldLog log = new HeldLog();
    private final List<Change> announced = new ArrayList<>();
    private final AppendLane lane = new AppendLane(0, log, announcer());
    private final List<String> answers = new ArrayList<>();
    private final ConversationId one = new ConversationId(UUID.randomUUID());
    private final ConversationId other = new ConversationId(UUID.randomUUID());
    private Disposable running = lane.run().subscribe();

    @AfterEach
    void stop() {
        running.dispose();
        VirtualTimeScheduler.reset();
    }

    @Test
    @Tag("write-2")
    void anIdleLaneWritesAtOnce() {
        write(one, "a");
        write(one, "b");

        assertThat(log.batches).hasSize(2);
        assertThat(answers).containsExactly("a", "b");
    }

    @Test
    @Tag("write-2")
    void whatArrivesWhileABatchIsInFlightGoesTogetherAndInItsOrder() {
        log.hold();
        write(one, "first");
        write(one, "a");
        write(other, "b");
        write(one, "c");
        assertThat(answers).isEmpty();

        log.release();
        assertThat(answers).containsExactly("first");
        log.release();

        assertThat(texts()).containsExactly(List.of("first"), List.of("a", "b", "c"));
        assertThat(answers).containsExactly("first", "a", "b", "c");
    }

    @Test
    @Tag("write-2")
    @Tag("always-7")
    void aHotConversationDoesNotStarveTheOthers() {
        log.hold();
        write(one, "first");
        for (int i = 0; i < 100; i++) {
            write(one, "hot" + i);
        }
        write(other, "cold");

        log.release();
        log.release();
        log.release();

        assertThat(texts().get(1))
                .hasSize(AppendLane.BATCH_OF_ONE_CONVERSATION + 1)
                .contains("cold");
        assertThat(texts().get(2)).hasSize(100 - AppendLane.BATCH_OF_ONE_CONVERSATION);
        assertThat(Stream.of(texts().get(1), texts().get(2))
                        .flatMap(List::stream)
                        .filter(text -> text.startsWith("hot")))
                .isEqualTo(Stream.iterate(0, i -> i + 1)
                        .limit(100)
                        .map(i -> "hot" + i)
                        .toList());
    }

    @Test
    @Tag("write-2")
    void aBatchHasALimit() {
        log.hold();
        write(one, "first");
        for (int i = 0; i < AppendLane.BATCH + 10; i++) {
            write(new ConversationId(UUID.randomUUID()), "m" + i);
        }

        log.release();
        log.release();

        assertThat(texts()).extracting(List::size).containsExactly(1, AppendLane.BATCH, 10);
    }

    @Test
    @Tag("write-2")
    void moreThanTheQueueHoldsIsRefusedAtOnce() {
        log.hold();
        write(one, "first");
        for (int i = 0; i < AppendLane.QUEUE; i++) {
            write(new ConversationId(UUID.randomUUID()), "m" + i);
        }
        assertThat(answers).isEmpty();

        write(one, "too many");

        assertThat(answers).containsExactly("too many: " + ErrorCode.STORE_BUSY);
    }

    @Test
    void whatWaitedBeforeTheLaneRanIsWritten() {
        running.dispose();
        write(one, "early");
        assertThat(log.batches).isEmpty();

        running = lane.run().subscribe();

        assertThat(answers).containsExactly("early");
    }

    @Test
    @Tag("write-3")
    void aRefusedBatchIsWrittenInHalvesUntilTheOneThatSpoilsItIsAlone() {
        log.hold();
        write(one, "first");
        List.of("a", "b", "bad", "c").forEach(text -> write(one, text));
        log.answerAll(batch -> batch.stream().anyMatch(command -> text(command).equals("bad"))
                ? Mono.error(new BatchRefused(new IllegalStateException("one of them")))
                : Mono.just(HeldLog.stored(batch)));

        log.release();

        assertThat(texts())
                .containsExactly(
                        List.of("first"),
                        List.of("a", "b", "bad", "c"),
                        List.of("a", "b"),
                        List.of("bad", "c"),
                        List.of("bad"),
                        List.of("c"));
        assertThat(answers).containsExactly("first", "a", "b", "bad: " + ErrorCode.STORE_UNAVAILABLE, "c");
    }

    @Test
    @Tag("write-3")
    void whoseConversationIsLockedHoldsUpNoOthersAndIsWrittenOnceItIsFree() {
        log.hold();
        write(one, "first");
        List.of("a", "b").forEach(text -> write(one, text));
        write(other, "other");
        log.next(AppendLaneTest::locked);
        log.next(batch -> Mono.just(HeldLog.stored(batch)));
        log.next(batch -> Mono.just(HeldLog.stored(batch)));

        log.release();

        assertThat(texts())
                .containsExactly(List.of("first"), List.of("a", "b", "other"), List.of("other"), List.of("a", "b"));
        assertThat(answers).containsExactly("first", "other", "a", "b");
    }

    @Test
    void aConversationThatStaysLockedIsRefusedInOneWaitForAllThatWait() {
        log.hold();
        write(one, "first");
        for (int i = 0; i < 100; i++) {
            write(one, "locked" + i);
        }
        write(other, "other");
        log.answerAll(this::lockedForOne);

        log.release();

        assertThat(texts().stream().skip(1).map(batch -> batch.stream()
                        .map(text -> text.replaceAll("[0-9]", ""))
                        .distinct()
                        .toList()))
                .containsExactly(List.of("locked", "other"), List.of("other"), List.of("locked"));
        assertThat(answers).hasSize(102).startsWith("first", "other", "locked0: " + ErrorCode.STORE_BUSY);
        assertThat(answers.get(101)).isEqualTo("locked99: " + ErrorCode.STORE_BUSY);
    }

    @Test
    void whatComesAfterThoseThatWereSetAsideDoesNotOvertakeThem() {
        log.hold();
        write(one, "first");
        write(one, "a");
        log.next(batch -> locked(batch).doOnError(error -> {
            write(one, "b");
            write(other, "other");
        }));
        log.next(batch -> Mono.just(HeldLog.stored(batch)));
        log.next(batch -> Mono.just(HeldLog.stored(batch)));
        log.next(batch -> Mono.just(HeldLog.stored(batch)));

        log.release();

        assertThat(texts())
                .containsExactly(List.of("first"), List.of("a"), List.of("other"), List.of("a"), List.of("b"));
        assertThat(answers).containsExactly("first", "other", "a", "b");
    }

    @Test
    void ifNobodyKnowsWhichConversationIsLockedEachIsTriedOnceMore() {
        log.hold();
        write(one, "first");
        write(one, "a");
        write(other, "b");
        log.next(batch -> Mono.error(new ConversationsLocked(Set.of(), new IllegalStateException("some"))));
        log.next(batch -> Mono.just(HeldLog.stored(batch)));

        log.release();

        assertThat(texts()).containsExactly(List.of("first"), List.of("a", "b"), List.of("a", "b"));
        assertThat(answers).containsExactly("first", "a", "b");
    }

    private Mono<List<MessageOutcome>> lockedForOne(List<MessageCommand> batch) {
        return batch.stream().anyMatch(command -> command.conversation().equals(one))
                ? Mono.error(new ConversationsLocked(Set.of(one), new IllegalStateException("locked")))
                : Mono.just(HeldLog.stored(batch));
    }

    /** The conversation of the first command. */
    private static Mono<List<MessageOutcome>> locked(List<MessageCommand> batch) {
        return Mono.error(
                new ConversationsLocked(Set.of(batch.get(0).conversation()), new IllegalStateException("locked")));
    }

    @Test
    @Tag("write-4")
    void anUnknownOutcomeIsAskedForByTheSameBatch() {
        log.next(batch -> Mono.error(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)));
        log.next(batch -> Mono.error(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)));

        write(one, "a");
        assertThat(answers).isEmpty();
        time.advanceTimeBy(Duration.ofSeconds(1));

        assertThat(log.batches).hasSize(3).containsOnly(log.batches.get(0));
        assertThat(answers).containsExactly("a");
    }

    @Test
    @Tag("write-4")
    void anOutcomeThatStaysUnknownIsToldAsSuchAndTheLaneGoesOn() {
        log.next(batch -> Mono.never());

        write(one, "a");
        write(one, "b");
        time.advanceTimeBy(AppendLane.ASK_FOR.minusMillis(1));
        assertThat(answers).isEmpty();
        time.advanceTimeBy(Duration.ofMillis(1));

        assertThat(answers).containsExactly("a: " + ErrorCode.STORE_UNAVAILABLE, "b");
    }

    @Test
    void oneThatIsRefusedHarmsNoneOfItsBatch() {
        log.hold();
        write(one, "first");
        write(one, "a");
        write(one, "b");
        log.next(batch -> Mono.just(List.of(
                new Refused(new NotFound(ErrorCode.CONVERSATION_UNKNOWN)), HeldLog.done((Send) batch.get(1), true))));

        log.release();

        assertThat(answers).containsExactly("first", "a: " + ErrorCode.CONVERSATION_UNKNOWN, "b");
    }

    @Test
    void onlyWhatTookAnOffsetIsAnnounced() {
        write(one, "new");
        log.next(batch -> Mono.just(List.of(HeldLog.done((Send) batch.get(0), false))));
        write(one, "repeated");

        assertThat(answers).containsExactly("new", "repeated");
        assertThat(announced).hasSize(1);
    }

    @Test
    void nothingIsWrittenForWhomNobodySubscribed() {
        Mono<?> unused = lane.write(send(one, "nobody"));

        assertThat(unused).isNotNull();
        assertThat(log.batches).isEmpty();
    }

    private void write(ConversationId conversation, String text) {
        lane.write(send(conversation, text))
                .subscribe(
                        change -> answers.add(text),
                        error -> answers.add(text + ": " + ((ChatException) error).code()));
    }

    private static Send send(ConversationId conversation, String text) {
        return new Send(
                conversation,
                new UserId(UUID.randomUUID()),
                new MessageId(UUID.randomUUID()),
                new ClientMessageId(UUID.randomUUID()),
                new MessageBody(text),
                Instant.EPOCH);
    }

    private List<List<String>> texts() {
        return log.batches.stream()
                .map(batch -> batch.stream().map(AppendLaneTest::text).toList())
                .toList();
    }

    private static String text(MessageCommand command) {
        return ((Send) command).body().text();
    }

    /** Notes what it is told, and goes no further: it is not run. */
    private Announcer announcer() {
        return new Announcer(
                change -> {
                    announced.add(change);
                    return new EncodedChange(new UUID(0, 0), change.entry(), 1, new byte[0]);
                },
                changes -> changes,
                null,
                new Announcer.Kept(new RecentWriter(null), null));
    }
}
