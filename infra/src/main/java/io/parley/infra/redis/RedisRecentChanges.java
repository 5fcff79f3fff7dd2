package io.parley.infra.redis;

import io.parley.domain.log.EncodedChange;
import io.parley.domain.log.Epoch;
import io.parley.domain.log.LogId;
import io.parley.domain.log.RecentChanges;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.connection.Limit;
import org.springframework.data.redis.core.ReactiveRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;
import reactor.core.publisher.Mono;

/** The latest changes of each log, in a sorted set per log; without Redis there are none. */
final class RedisRecentChanges implements RecentChanges {
    static final int KEPT = 200;

    /** With the jitter an hour at most, and not the same for all: what was written at once does not end at once. */
    private static final long LIFE_MILLIS = Duration.ofMinutes(54).toMillis();

    private static final long JITTER_MILLIS = LIFE_MILLIS / 10;

    /** A change may have been encoded twice, by the node that stored it and by the relay. */
    private static final int COPIES = 2;

    private static final RedisScript<Long> PUT = Scripts.read("recent.lua");
    private static final Logger log = LoggerFactory.getLogger(RedisRecentChanges.class);

    private final ReactiveRedisTemplate<String, byte[]> redis;
    private final RedisLink link;
    private final Epoch epoch;

    RedisRecentChanges(ReactiveRedisTemplate<String, byte[]> redis, RedisLink link, Epoch epoch) {
        this.redis = redis;
        this.link = link;
        this.epoch = epoch;
    }

    /** A command for each log, all of them sent before the first is answered. */
    @Override
    public Mono<Void> put(List<EncodedChange> changes) {
        return Mono.defer(() -> link.isOpen() ? Mono.when(commands(changes)) : Mono.empty())
                .onErrorResume(RedisRecentChanges::goWithout);
    }

    @Override
    public Mono<List<EncodedChange>> range(LogId logId, long after, long to, int limit) {
        return Mono.defer(() -> {
            // Never after + limit, which may be beyond the greatest number.
            long wanted = Math.min(limit, to - after);
            return wanted <= 0 ? Mono.just(List.of()) : dense(logId, after, wanted);
        });
    }

    private List<Mono<Void>> commands(List<EncodedChange> changes) {
        return changes.stream()
                .collect(Collectors.groupingBy(change -> key(change.epoch(), change.log())))
                .entrySet()
                .stream()
                .map(log -> redis.execute(PUT, List.of(log.getKey()), arguments(log.getValue()))
                        .then())
                .toList();
    }

    private static List<byte[]> arguments(List<EncodedChange> changes) {
        List<byte[]> arguments = new ArrayList<>();
        arguments.add(text(KEPT));
        arguments.add(text(life()));
        changes.stream()
                .sorted(Comparator.comparingLong(EncodedChange::offset))
                .skip(Math.max(0, changes.size() - KEPT))
                .forEach(change -> {
                    arguments.add(text(change.offset()));
                    arguments.add(RecentMembers.write(change));
                });
        return arguments;
    }

    private Mono<List<EncodedChange>> dense(LogId logId, long after, long wanted) {
        if (wanted > KEPT || !link.isOpen()) {
            return Mono.empty();
        }
        UUID life = epoch.value();
        Range<Double> above = Range.of(Range.Bound.exclusive((double) after), Range.Bound.unbounded());
        return redis.opsForZSet()
                .rangeByScore(key(life, logId), above, Limit.limit().count((int) wanted * COPIES))
                .map(member -> RecentMembers.read(life, logId, member))
                .distinct(EncodedChange::offset)
                .take(wanted)
                .collectList()
                .filter(changes -> isWhole(changes, after, wanted))
                .onErrorResume(RedisRecentChanges::goWithout);
    }

    /** They are in order and each is there once: so as many as wanted are all of them if the last one is the right one. */
    private static boolean isWhole(List<EncodedChange> changes, long after, long wanted) {
        return changes.size() == wanted && changes.get(changes.size() - 1).offset() == after + wanted;
    }

    private static String key(UUID epoch, LogId log) {
        return RedisKeys.of(epoch, "recent", log);
    }

    private static long life() {
        return LIFE_MILLIS + ThreadLocalRandom.current().nextLong(-JITTER_MILLIS, JITTER_MILLIS + 1);
    }

    private static byte[] text(long number) {
        return String.valueOf(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static <T> Mono<T> goWithout(Throwable error) {
        log.debug("recent changes: going without Redis", error);
        return Mono.empty();
    }
}
