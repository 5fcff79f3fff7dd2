package io.parley.infra.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.log.RecentChanges;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class RecentChangesIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final RecentChanges recent = Node.first().get(RecentChanges.class);
    private final RecentChanges elsewhere = Node.second().get(RecentChanges.class);
    private final ReactiveStringRedisTemplate redis = Node.first().get(ReactiveStringRedisTemplate.class);
    private final UUID epoch = Node.first().get(Epoch.class).value();
    private final LogId log = new LogId(UUID.randomUUID());
    private final String key = "recent:" + epoch + ":" + log;

    @Test
    void whatOneNodeKeepsAnotherGetsAsItWas() {
        byte[] wire = {'{', '\n', 0, (byte) 0xff, '\r', ' ', '}'};
        LogEntry entry = new LogEntry(log, 1, ItemKind.MEMBER, UUID.randomUUID(), Reason.PROMOTED);
        put(new EncodedChange(epoch, entry, 17, wire));

        EncodedChange change = range(elsewhere, 0, 1, 10).orElseThrow().get(0);

        assertThat(change.entry()).isEqualTo(entry);
        assertThat(change.epoch()).isEqualTo(epoch);
        assertThat(change.seq()).isEqualTo(17);
        assertThat(change.wire()).isEqualTo(wire);
    }

    @Test
    void aRangeIsAnsweredWhenItIsWhole() {
        put(changes(5, 20));

        assertThat(offsets(4, 20, 100)).contains(numbers(5, 20));
        assertThat(offsets(10, 12, 100)).contains(numbers(11, 12));
        assertThat(offsets(19, 20, 100)).contains(numbers(20, 20));
        assertThat(offsets(20, 20, 100)).contains(List.of());
    }

    @Test
    @Tag("catchup-13")
    void aRangeWithAHoleIsNotAnswered() {
        put(changes(1, 9));
        put(changes(11, 20));

        assertThat(offsets(0, 20, 100)).as("10 is missing").isEmpty();
        assertThat(offsets(9, 20, 100)).as("begins with the hole").isEmpty();
        assertThat(offsets(0, 10, 100)).as("ends with the hole").isEmpty();
        assertThat(offsets(10, 21, 100)).as("beyond the end").isEmpty();
        assertThat(offsets(20, 21, 100)).as("all beyond the end").isEmpty();
        assertThat(offsets(0, 9, 100)).contains(numbers(1, 9));
        assertThat(offsets(10, 20, 100)).contains(numbers(11, 20));
    }

    @Test
    void aLimitedRangeIsWholeAsFarAsItGoes() {
        put(changes(1, 9));
        put(changes(11, 20));

        assertThat(offsets(0, 20, 9)).contains(numbers(1, 9));
        assertThat(offsets(0, Long.MAX_VALUE, 3)).contains(numbers(1, 3));
        assertThat(offsets(0, 20, 10)).isEmpty();
        assertThat(offsets(Long.MAX_VALUE - 1, Long.MAX_VALUE, 3)).isEmpty();
        assertThat(offsets(0, 20, 0)).contains(List.of());
    }

    @Test
    @Tag("catchup-13")
    void theOrderOfWritingDoesNotMatter() {
        put(changes(4, 6));
        put(change(2), change(1));
        put(change(3));

        assertThat(offsets(0, 6, 6)).contains(numbers(1, 6));
    }

    /** The relay encodes the item's present state: another frame, the same place. */
    @Test
    void aChangeThatIsThereTwiceIsGivenOnce() {
        put(changes(1, 20));
        put(changes(1, 20));
        List<EncodedChange> again = changes(1, 20).stream()
                .map(change -> new EncodedChange(epoch, change.entry(), 0, bytes("again " + change.offset())))
                .toList();
        put(again);

        assertThat(offsets(0, 20, 20)).contains(numbers(1, 20));
        assertThat(offsets(3, 7, 2)).contains(numbers(4, 5));
    }

    @Test
    void onlyTheLatestTwoHundredAreKept() {
        put(changes(1, 150));
        put(changes(151, 260));
        assertThat(size()).isEqualTo(200);
        assertThat(offsets(60, 260, 200)).contains(numbers(61, 260));
        assertThat(offsets(59, 260, 300)).isEmpty();

        put(changes(261, 600));
        assertThat(offsets(400, 600, 200)).contains(numbers(401, 600));
    }

    @Test
    void oneBatchMayBeOfManyLogs() {
        LogId other = new LogId(UUID.randomUUID());
        EncodedChange first = new EncodedChange(
                epoch, new LogEntry(other, 1, ItemKind.SESSION, UUID.randomUUID(), Reason.REVOKED), 0, bytes("{}"));
        put(Stream.concat(changes(1, 3).stream(), Stream.of(first)).toList());

        assertThat(offsets(0, 3, 3)).contains(numbers(1, 3));
        assertThat(recent.range(other, 0, 1, 1).block(TIMEOUT)).hasSize(1);
    }

    @Test
    @Tag("log-4")
    void anotherLifeOfTheStoreIsAnotherKey() {
        put(new EncodedChange(UUID.randomUUID(), change(1).entry(), 0, bytes("{}")));

        assertThat(offsets(0, 1, 1)).isEmpty();
    }

    @Test
    @Tag("catchup-13")
    void keysExpireWithinAnHour() {
        put(changes(1, 3));

        StepVerifier.create(redis.getExpire(key))
                .assertNext(left -> assertThat(left).isBetween(Duration.ofMinutes(48), Duration.ofHours(1)))
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void whatIsNotOursIsAsIfThereWereNothing() {
        put(changes(1, 3));
        redis.opsForZSet().add(key, "foreign", 2.0).block(TIMEOUT);
        assertThat(offsets(0, 3, 3)).isEmpty();

        redis.delete(key).then(redis.opsForValue().set(key, "text", TIMEOUT)).block(TIMEOUT);
        assertThat(offsets(0, 3, 3)).isEmpty();
        put(changes(1, 3));
    }

    @Test
    void nothingIsDoneBeforeSubscribing() {
        assertThat(recent.put(changes(1, 3))).isNotNull();

        assertThat(offsets(0, 3, 3)).isEmpty();
    }

    @Test
    void withoutRedisThereIsNothingAndNoDelay() {
        put(changes(1, 3));

        Servers.without(EmbeddedServer.REDIS, () -> {
            StepVerifier.create(onLoop(recent.put(changes(4, 6))))
                    .expectComplete()
                    .verify(Duration.ofSeconds(1));
            StepVerifier.create(onLoop(recent.range(log, 0, 3, 3)))
                    .expectComplete()
                    .verify(Duration.ofSeconds(1));
        });

        Awaitility.await().atMost(TIMEOUT).until(() -> {
            put(changes(4, 6));
            return offsets(3, 6, 3).isPresent();
        });
        assertThat(offsets(3, 6, 3)).contains(numbers(4, 6));
    }

    /** Which nothing on the way reports. */
    @Test
    void aRedisThatHangsIsGivenUpAfterTheTimeout() {
        put(changes(1, 3));
        String busy = "local function now() local t = redis.call('TIME') return t[1] * 1000 + t[2] / 1000 end"
                + " local till = now() + 2000 while now() < till do end return 0";
        Mono<Void> hanging =
                redis.execute(RedisScript.of(busy, Long.class)).then().onErrorComplete();
        Mono<Boolean> reading = Mono.delay(Duration.ofMillis(200))
                .then(recent.range(log, 0, 3, 3).hasElement().timeout(Duration.ofSeconds(1)));
        Mono<Void> writing = Mono.delay(Duration.ofMillis(200))
                .then(recent.put(changes(4, 6)).timeout(Duration.ofSeconds(1)));

        StepVerifier.create(Mono.when(hanging, writing).then(Mono.just(true)).zipWith(reading))
                .assertNext(both -> assertThat(both.getT2()).isFalse())
                .expectComplete()
                .verify(TIMEOUT);
        Awaitility.await().atMost(TIMEOUT).until(() -> offsets(0, 3, 3).isPresent());
    }

    private void put(EncodedChange... changes) {
        put(List.of(changes));
    }

    private void put(List<EncodedChange> changes) {
        StepVerifier.create(onLoop(recent.put(changes))).expectComplete().verify(TIMEOUT);
    }

    private Optional<List<Long>> offsets(long after, long to, int limit) {
        return range(recent, after, to, limit)
                .map(changes -> changes.stream().map(EncodedChange::offset).toList());
    }

    private Optional<List<EncodedChange>> range(RecentChanges node, long after, long to, int limit) {
        return onLoop(node.range(log, after, to, limit)).blockOptional(TIMEOUT);
    }

    private Long size() {
        return redis.opsForZSet().count(key, Range.unbounded()).block(TIMEOUT);
    }

    /** Where nothing may block. */
    private static <T> Mono<T> onLoop(Mono<T> work) {
        return work.subscribeOn(Schedulers.parallel());
    }

    private List<EncodedChange> changes(long from, long to) {
        return LongStream.rangeClosed(from, to).mapToObj(this::change).toList();
    }

    private EncodedChange change(long offset) {
        LogEntry entry = new LogEntry(log, offset, ItemKind.MESSAGE, new UUID(7, offset), Reason.CREATED);
        return new EncodedChange(epoch, entry, offset, bytes("{\"offset\":" + offset + "}"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Long> numbers(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }
}
