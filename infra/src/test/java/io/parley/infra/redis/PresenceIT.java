package io.parley.infra.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.presence.Presence;
import io.parley.domain.presence.PresenceRegistry;
import io.parley.domain.presence.PresenceRegistry.Online;
import io.parley.domain.user.UserId;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.data.domain.Range;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class PresenceIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final PresenceRegistry first = Node.first().get(PresenceRegistry.class);
    private final PresenceRegistry second = Node.second().get(PresenceRegistry.class);
    private final ReactiveStringRedisTemplate redis = Node.first().get(ReactiveStringRedisTemplate.class);
    private final Online phone = new Online(new UserId(UUID.randomUUID()), UUID.randomUUID());
    private final Online laptop = new Online(phone.user(), UUID.randomUUID());
    private final String key =
            Node.first().get(RedisKeys.class).of("presence", phone.user().value());

    @Test
    void whoHasAConnectionAnywhereIsOnline() {
        assertThat(of(second, phone)).isEqualTo(Presence.OFFLINE);

        completes(first.beat(List.of(phone)));

        assertThat(of(first, phone)).isEqualTo(Presence.ONLINE);
        assertThat(of(second, phone)).isEqualTo(Presence.ONLINE);
    }

    @Test
    void whoLeavesWithTheLastConnectionIsOfflineTenSecondsLater() {
        completes(first.beat(List.of(phone)));
        completes(second.beat(List.of(laptop)));

        long before = System.currentTimeMillis();
        completes(first.leave(phone));
        completes(second.leave(laptop));
        long after = System.currentTimeMillis();

        for (Online gone : List.of(phone, laptop)) {
            assertThat(till(gone)).isBetween(before + 10_000.0 - 1, after + 10_000.0 + 1);
        }
        assertThat(of(first, phone)).isEqualTo(Presence.ONLINE);
        over(phone);
        assertThat(of(first, phone)).isEqualTo(Presence.ONLINE);
        over(laptop);
        assertThat(of(first, phone)).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void whoIsBackByThenWasNeverAway() {
        completes(first.beat(List.of(phone)));
        completes(first.leave(phone));
        completes(second.beat(List.of(laptop)));

        over(phone);

        assertThat(of(first, phone)).isEqualTo(Presence.ONLINE);
    }

    @Test
    void anEndNeitherProlongsNorBegins() {
        completes(first.leave(phone));
        assertThat(of(first, phone)).isEqualTo(Presence.OFFLINE);
        completes(first.beat(List.of(phone)));
        over(phone);

        completes(first.leave(phone));

        assertThat(of(first, phone)).isEqualTo(Presence.OFFLINE);
    }

    private Double till(Online who) {
        return redis.opsForZSet().score(key, who.connection().toString()).block(TIMEOUT);
    }

    /** As if its time had passed. */
    private void over(Online who) {
        redis.opsForZSet().add(key, who.connection().toString(), 1.0).block(TIMEOUT);
    }

    @Test
    void manyAreAskedForAtOnce() {
        List<Online> crowd = Stream.generate(() -> new Online(new UserId(UUID.randomUUID()), UUID.randomUUID()))
                .limit(200)
                .toList();
        completes(first.beat(crowd.subList(0, 100)));

        Map<UserId, Presence> seen =
                onLoop(second.of(crowd.stream().map(Online::user).toList())).block(TIMEOUT);

        assertThat(crowd.stream().map(one -> seen.get(one.user())))
                .isEqualTo(Stream.concat(
                                Collections.nCopies(100, Presence.ONLINE).stream(),
                                Collections.nCopies(100, Presence.OFFLINE).stream())
                        .toList());
    }

    @Test
    void manyConnectionsOfManyUsersAreNotedAtOnce() {
        List<Online> crowd = Stream.generate(() -> new Online(new UserId(UUID.randomUUID()), UUID.randomUUID()))
                .limit(500)
                .toList();
        List<Online> all =
                Stream.concat(crowd.stream(), Stream.of(phone, laptop)).toList();

        // Repeated, as it is in use: on a busy machine an answer may take longer than the timeout.
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            completes(first.beat(all));
            return crowd.stream().allMatch(one -> of(second, one) == Presence.ONLINE);
        });
        assertThat(of(second, laptop)).isEqualTo(Presence.ONLINE);
    }

    @Test
    void noConnectionsAreNoTrouble() {
        completes(first.beat(List.of()));
    }

    @Test
    void aConnectionThatIsNotRepeatedLastsSixtySeconds() {
        long before = System.currentTimeMillis();
        completes(first.beat(List.of(phone)));
        long after = System.currentTimeMillis();

        assertThat(till(phone)).isBetween(before + 60_000.0 - 1, after + 60_000.0 + 1);
        assertThat(redis.getExpire(key).block(TIMEOUT)).isBetween(Duration.ofSeconds(61), Duration.ofSeconds(71));
    }

    @Test
    void whatHasExpiredDoesNotCountAndIsForgotten() {
        completes(first.beat(List.of(phone)));
        over(phone);
        assertThat(of(second, phone)).isEqualTo(Presence.OFFLINE);

        completes(first.beat(List.of(laptop)));
        assertThat(redis.opsForZSet().count(key, Range.unbounded()).block(TIMEOUT))
                .isEqualTo(1);
    }

    @Test
    void nothingIsDoneBeforeSubscribing() {
        assertThat(first.beat(List.of(phone))).isNotNull();

        assertThat(of(first, phone)).isEqualTo(Presence.OFFLINE);
    }

    @Test
    void withoutRedisNobodyCanTellUntilItIsBack() {
        Queue<Boolean> forgotten = new ConcurrentLinkedQueue<>();
        Disposable listening = first.forgets().subscribe(forgotten::add);
        Servers.withoutKilled(EmbeddedServer.REDIS, () -> {
            Awaitility.await().atMost(TIMEOUT).until(() -> of(first, phone) == Presence.UNKNOWN);
            StepVerifier.create(onLoop(first.beat(List.of(phone))))
                    .expectComplete()
                    .verify(Duration.ofSeconds(1));
            StepVerifier.create(onLoop(first.leave(phone))).expectComplete().verify(Duration.ofSeconds(1));
            StepVerifier.create(onLoop(second.of(List.of(phone.user(), phone.user()))))
                    .expectNext(Map.of(phone.user(), Presence.UNKNOWN))
                    .expectComplete()
                    .verify(Duration.ofSeconds(1));
        });

        Awaitility.await().atMost(TIMEOUT).until(() -> {
            completes(first.beat(List.of(phone)));
            return of(second, phone) == Presence.ONLINE;
        });
        assertThat(forgotten).as("it is to be noted again").isNotEmpty();
        listening.dispose();
    }

    private static void completes(Mono<Void> work) {
        StepVerifier.create(onLoop(work)).expectComplete().verify(TIMEOUT);
    }

    private static Presence of(PresenceRegistry node, Online who) {
        return onLoop(node.of(List.of(who.user()))).block(TIMEOUT).get(who.user());
    }

    /** Where nothing may block. */
    private static <T> Mono<T> onLoop(Mono<T> work) {
        return work.subscribeOn(Schedulers.parallel());
    }
}
