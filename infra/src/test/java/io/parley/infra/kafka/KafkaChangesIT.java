package io.parley.infra.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.ChangeFeed.Signal;
import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

@ExtendWith(OutputCaptureExtension.class)
class KafkaChangesIT extends KafkaFixture {

    @Test
    @Tag("deliver-7")
    void everyNodeHearsEveryChangeOnceInOrder() {
        Listener elsewhere = new Listener(NEVER, log::equals);
        elsewhere.follow();
        elsewhere.awaitPositioned(1);

        assertThat(publish(changes(1, 500))).isEqualTo(numbers(1, 500));

        listener.awaitHeard(500);
        elsewhere.awaitHeard(500);
        assertThat(listener.offsets(log)).isEqualTo(numbers(1, 500));
        assertThat(elsewhere.offsets(log)).isEqualTo(numbers(1, 500));
        assertThat(listener.signals).containsExactly(Signal.POSITIONED);
    }

    @Test
    @Tag("publish-5")
    void eachLogKeepsItsOrderAndSoDoConfirmations() {
        List<EncodedChange> changes = LongStream.rangeClosed(1, 3_000)
                .boxed()
                .flatMap(offset -> List.of(change(log, offset), change(other, offset)).stream())
                .toList();

        StepVerifier.create(publisher.publish(Flux.fromIterable(changes)).collectList())
                .assertNext(confirmed -> assertThat(confirmed).isEqualTo(changes))
                .expectComplete()
                .verify(TIMEOUT);

        listener.awaitHeard(6_000);
        assertThat(listener.offsets(log)).isEqualTo(numbers(1, 3_000));
        assertThat(listener.offsets(other)).isEqualTo(numbers(1, 3_000));
    }

    @Test
    @Tag("publish-5")
    void aChangeArrivesAsItWasSent() {
        LogEntry entry = new LogEntry(log, 9_007_199_254_740_993L, ItemKind.SESSION, UUID.randomUUID(), Reason.REVOKED);
        byte[] wire = {0, 1, (byte) 0xff, '\n'};
        publish(new EncodedChange(epoch, entry, 17, wire));

        listener.awaitHeard(1);
        EncodedChange heard = listener.heard.element();
        assertThat(heard.epoch()).isEqualTo(epoch);
        assertThat(heard.entry()).isEqualTo(entry);
        assertThat(heard.seq()).isEqualTo(17);
        assertThat(heard.wire()).isEqualTo(wire);
    }

    @Test
    @Tag("log-4")
    void aChangeOfAnotherLifeOfTheStoreIsHandedOn() {
        UUID former = UUID.randomUUID();
        publish(new EncodedChange(former, change(log, 3).entry(), 0, new byte[0]));

        listener.awaitHeard(1);
        assertThat(listener.heard.element().epoch()).isEqualTo(former);
    }

    @Test
    @Tag("deliver-7")
    void whatNobodyWantsIsDismissedByItsKey(CapturedOutput output) {
        LogId unwanted = new LogId(UUID.randomUUID());
        publish(change(unwanted, 1));
        // Foreign, but nobody has looked.
        send(unwanted.toString(), null, Map.of(), partitionOf(log));
        publish(change(log, 1));

        listener.awaitHeard(1);
        assertThat(listener.asked).contains(unwanted, log);
        assertThat(listener.heard).extracting(EncodedChange::log).containsExactly(log);
        assertThat(output).doesNotContain("foreign");
    }

    @Test
    @Tag("deliver-7")
    void aFeedBeginsAtTheEnd() {
        publish(changes(1, 3));
        listener.awaitHeard(3);
        Listener late = new Listener(NEVER, log::equals);

        late.follow();
        late.awaitPositioned(1);
        publish(change(log, 4));

        late.awaitHeard(1);
        assertThat(late.offsets(log)).containsExactly(4L);
    }

    @Test
    void foreignRecordsAreIgnored() {
        byte[] wire = {'{', '}'};
        Map<String, String> good = headers(change(log, 5));
        int partition = partitionOf(log);
        send(null, wire, good, partition);
        send("lobby", wire, good, partition);
        send("1-1-1-1-1", wire, good, partition);
        send(log.toString(), null, good, partition);
        send(log.toString(), wire, Map.of(), partition);
        for (String name : good.keySet()) {
            send(log.toString(), wire, without(good, name), partition);
            send(log.toString(), wire, with(good, name, ""), partition);
            send(log.toString(), wire, with(good, name, "-1"), partition);
            send(log.toString(), wire, with(good, name, "of a newer node"), partition);
        }
        send(log.toString(), wire, with(good, ChangeRecords.OFFSET, "0"), partition);
        send(log.toString(), wire, good, partition);
        publish(change(log, 7));

        listener.awaitHeard(2);
        assertThat(listener.offsets(log)).containsExactly(5L, 7L);
        assertThat(listener.signals).as("the feed did not have to start again").hasSize(1);
    }

    @Test
    void aStoppedFeedIsNotPositioned() {
        assertThat(listener.feed.isPositioned()).isTrue();
        running.dispose();

        assertThat(listener.feed.isPositioned()).isFalse();
    }

    @Test
    void publishingNeverBlocksItsCallerAndTakesNoMoreThanItsBound() {
        AtomicLong taken = new AtomicLong();
        Flux<EncodedChange> endless = Flux.<EncodedChange>generate(
                        sink -> sink.next(change(other, taken.incrementAndGet())))
                .subscribeOn(Schedulers.parallel());

        StepVerifier.create(publisher.publish(endless).subscribeOn(Schedulers.parallel()), 0)
                .expectSubscription()
                .then(() -> Awaitility.await()
                        .atMost(TIMEOUT)
                        .until(() -> taken.get() > KafkaChangePublisher.MAX_IN_FLIGHT))
                .expectNoEvent(Duration.ofSeconds(1))
                .then(() -> assertThat(taken).hasValueLessThanOrEqualTo(3L * KafkaChangePublisher.MAX_IN_FLIGHT))
                .thenRequest(10_000)
                .expectNextCount(10_000)
                .thenCancel()
                .verify(TIMEOUT);
    }

    /** What is given up is missing in the answer, and the others are not held up by it. */
    @Test
    void whatCannotBeSentIsLeftOut() {
        byte[] tooLarge = new byte[2_000_000];
        EncodedChange large = new EncodedChange(epoch, change(log, 2).entry(), 0, tooLarge);

        assertThat(publish(change(log, 1), large, change(log, 3))).containsExactly(1L, 3L);
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> copy = new TreeMap<>(headers);
        copy.put(name, value);
        return copy;
    }

    private static Map<String, String> without(Map<String, String> headers, String name) {
        Map<String, String> copy = new TreeMap<>(headers);
        copy.remove(name);
        return copy;
    }
}
