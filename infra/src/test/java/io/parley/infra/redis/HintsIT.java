package io.parley.infra.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.presence.Hint;
import io.parley.domain.presence.HintChannel;
import io.parley.domain.presence.PresenceHint;
import io.parley.domain.presence.Receipt;
import io.parley.domain.presence.TalkHint;
import io.parley.domain.presence.Typing;
import io.parley.domain.user.UserId;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class HintsIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration A_WHILE = Duration.ofMillis(300);

    private final HintChannel first = Node.first().get(HintChannel.class);
    private final HintChannel second = Node.second().get(HintChannel.class);
    private final ReactiveStringRedisTemplate redis = Node.first().get(ReactiveStringRedisTemplate.class);
    private final RedisUptime uptime = Node.first().get(RedisUptime.class);
    private final Queue<Hint> heardByFirst = new ConcurrentLinkedQueue<>();
    private final Queue<Hint> heardBySecond = new ConcurrentLinkedQueue<>();
    private final Disposable.Composite running = Disposables.composite();
    private int ended;

    @BeforeEach
    void hear() {
        running.add(first.hear(heardByFirst::add).doFinally(end -> ended++).subscribe());
        running.add(second.hear(heardBySecond::add).doFinally(end -> ended++).subscribe());
        awaitBothHear();
    }

    @AfterEach
    void stop() {
        running.dispose();
    }

    @Test
    void allNodesHearWhoIsTypingWhoHasReadAndWhoComes() {
        List<Hint> said = Stream.generate(HintsIT::any).limit(1_000).toList();
        said.forEach(one -> say(first, one));

        Awaitility.await().atMost(TIMEOUT).until(() -> heardByFirst.containsAll(said));
        Awaitility.await().atMost(TIMEOUT).until(() -> heardBySecond.containsAll(said));
        assertThat(heardBySecond).as("each once").doesNotHaveDuplicates();
    }

    @Test
    void conversationsAreSpreadOverAllChannels() {
        long channels = Stream.generate(UUID::randomUUID)
                .limit(10_000)
                .map(RedisHints::channel)
                .distinct()
                .count();

        assertThat(channels).isEqualTo(RedisHints.SHARDS);
    }

    @Test
    void whatIsNotOursIsNotHeard() {
        UUID id = UUID.randomUUID();
        for (String foreign : List.of(
                "",
                "hello",
                "1 typing " + id + " " + UUID.randomUUID() + " more",
                "2 typing " + id + " " + id,
                "1 typing " + "-".repeat(36) + " " + id,
                "1 typing " + id,
                "1 dance " + id + " " + id,
                "1 presence",
                "1 presence " + id + " " + id,
                "1 receipt " + id + " " + id,
                "1 receipt " + id + " " + id + " 1 2 3 some",
                "1 receipt " + id + " " + id + " 1 2 all",
                "1 receipt " + id + " " + id + " -1 2 3 all",
                "1 receipt " + id + " " + id + " 1 2 9999999999999999999 all")) {
            redis.convertAndSend(RedisHints.channel(id), foreign).block(TIMEOUT);
        }
        Typing last = new Typing(new ConversationId(id), new UserId(id));
        say(first, last);

        Awaitility.await().atMost(TIMEOUT).until(() -> heardBySecond.contains(last));
        assertThat(heardBySecond)
                .filteredOn(heard ->
                        heard instanceof TalkHint said && said.conversation().equals(last.conversation()))
                .containsExactly(last);
        assertThat(ended).isZero();
    }

    @Test
    void withoutRedisNothingIsSaidAndNothingWaits() {
        Servers.without(EmbeddedServer.REDIS, () -> StepVerifier.create(
                        first.say(typing()).subscribeOn(Schedulers.parallel()))
                .expectComplete()
                .verify(Duration.ofSeconds(1)));
        awaitBothHear();
    }

    @Test
    void whoBeginsToHearWithoutRedisIsToldSo() {
        Servers.without(EmbeddedServer.REDIS, () -> StepVerifier.create(
                        first.hear(heardByFirst::add).subscribeOn(Schedulers.parallel()))
                .expectError()
                .verify(TIMEOUT));
        awaitBothHear();
    }

    @Test
    void afterRedisWasAwayTypingIsHeardAgain() {
        Servers.withoutKilled(EmbeddedServer.REDIS, () -> {});

        awaitBothHear();
        assertThat(ended).as("nobody had to subscribe again").isZero();
        List<Hint> said = Stream.generate(HintsIT::any).limit(1_000).toList();
        said.forEach(one -> say(second, one));
        Awaitility.await().atMost(TIMEOUT).until(() -> heardByFirst.containsAll(said));
        assertThat(heardByFirst).as("each once").doesNotHaveDuplicates();
    }

    @Test
    void whoCancelsHearsNothingMoreAndMayHearAgain() {
        running.dispose();
        awaitConnections();

        Queue<Hint> again = new ConcurrentLinkedQueue<>();
        Disposable hearing = first.hear(again::add).subscribe();
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            say(second, typing());
            return !again.isEmpty();
        });
        hearing.dispose();
        awaitConnections();
        Awaitility.await()
                .atMost(TIMEOUT)
                .during(A_WHILE)
                .failFast("took its own leave for Redis being away", () -> !uptime.isThere())
                .until(() -> true);
    }

    /** Nobody listens on the channels any more. */
    private void awaitConnections() {
        Awaitility.await().atMost(TIMEOUT).until(() -> redis.convertAndSend(
                        RedisHints.channel(UUID.randomUUID()), "anybody?")
                .block(TIMEOUT)
                .equals(0L));
    }

    private void awaitBothHear() {
        int first = heardByFirst.size();
        int second = heardBySecond.size();
        Awaitility.await().atMost(TIMEOUT).until(() -> {
            say(this.first, typing());
            return heardByFirst.size() > first && heardBySecond.size() > second;
        });
    }

    private static void say(HintChannel node, Hint hint) {
        Mono<Void> saying = node.say(hint).subscribeOn(Schedulers.parallel());
        StepVerifier.create(saying).expectComplete().verify(TIMEOUT);
    }

    private static Hint any() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        Typing about = typing();
        return switch (random.nextInt(3)) {
            case 0 -> about;
            case 1 -> new PresenceHint(about.user());
            default ->
                new Receipt(
                        about.conversation(),
                        about.user(),
                        random.nextLong(1L << 50),
                        random.nextLong(1L << 50),
                        random.nextLong(100),
                        random.nextBoolean());
        };
    }

    private static Typing typing() {
        return new Typing(new ConversationId(UUID.randomUUID()), new UserId(UUID.randomUUID()));
    }
}
