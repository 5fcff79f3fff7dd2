package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.edit;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Outbox;
import io.parley.domain.log.Outbox.Backlog;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class PostgresOutboxIT {
    private static final Duration HOUR = Duration.ofHours(1);

    private final World world = new World(Node.first());
    private final Outbox first = Node.first().get(Outbox.class);
    private final Outbox second = Node.second().get(Outbox.class);
    private final UserId owner = world.user();
    private ConversationId conversation = new ConversationId(UUID.randomUUID());
    private LogId log = LogId.of(conversation);

    @BeforeEach
    void nothingIsWaiting() {
        await(world.client.sql("delete from outbox").fetch().rowsUpdated());
        await(world.client.sql("delete from relay_lease").fetch().rowsUpdated());
        conversation = world.group(owner);
        log = LogId.of(conversation);
    }

    /** Held for an hour: all relays of the tests after these would wait for it. */
    @AfterEach
    void nobodyHoldsTheLease() {
        await(world.client.sql("delete from relay_lease").fetch().rowsUpdated());
    }

    @Test
    @Tag("publish-5")
    void everyChangeWaitsUntilItIsRemoved() {
        Done sent = world.sent(conversation, owner, "hello");
        Done edited = (Done) world.append(edit(sent, owner, "hello!"));

        List<LogEntry> waiting = await(first.claim(Duration.ZERO, 0, 100, HOUR));
        assertThat(waiting)
                .hasSize(5)
                .contains(sent.change().entry(), edited.change().entry());
        assertThat(waiting.stream().filter(entry -> entry.log().equals(log)))
                .extracting(LogEntry::offset)
                .containsExactly(1L, 2L, 3L, 4L);

        await(second.remove(waiting.subList(0, 3)));
        await(first.remove(waiting.subList(0, 4)));
        await(first.remove(List.of()));
        assertThat(await(first.claim(Duration.ZERO, 0, 100, HOUR)))
                .containsExactly(edited.change().entry());
    }

    @Test
    @Tag("publish-6")
    void claimsAreOldestFirstAndLimited() {
        for (int i = 0; i < 5; i++) {
            world.sent(conversation, owner, "text " + i);
        }

        List<LogEntry> all = await(first.claim(Duration.ZERO, 0, 100, HOUR));

        assertThat(all).hasSize(8);
        assertThat(await(first.claim(Duration.ZERO, 0, 3, HOUR))).isEqualTo(all.subList(0, 3));
        assertThat(await(first.claim(Duration.ZERO, 3, 3, HOUR))).isEqualTo(all.subList(3, 6));
        assertThat(await(first.claim(HOUR, 0, 100, HOUR))).as("old enough").isEmpty();
    }

    /** A relay that met one would fail again and again; reliability F19. */
    @Test
    void kindsAndReasonsOfANewerNodeAreLeftToThat() {
        world.sent(conversation, owner, "hello");
        List<LogEntry> all = await(first.claim(Duration.ZERO, 0, 100, HOUR));
        await(world.client
                .sql("insert into outbox (log_id, log_offset, kind, item, reason)"
                        + " select log_id, log_offset + 100, case when log_offset = 1 then 'newer' else kind end, item,"
                        + " case when log_offset = 1 then reason else 'newer' end from outbox")
                .fetch()
                .rowsUpdated());

        assertThat(await(first.claim(Duration.ZERO, 0, 100, HOUR))).isEqualTo(all);
    }

    @Test
    @Tag("deliver-9")
    void theHighestOldOffsetOfEachLogIsTold() {
        world.sent(conversation, owner, "new");
        age("1 minute", 2);

        assertThat(await(first.olderThan(Duration.ofSeconds(30), List.of(log, LogId.of(owner)))))
                .containsExactly(new LogHead(log, 2));
        assertThat(await(first.olderThan(Duration.ZERO, List.of(log, LogId.of(owner)))))
                .containsExactlyInAnyOrder(new LogHead(log, 3), new LogHead(LogId.of(owner), 1));
        assertThat(await(first.olderThan(Duration.ofMinutes(2), List.of(log)))).isEmpty();
        assertThat(await(first.olderThan(Duration.ZERO, List.of()))).isEmpty();
    }

    @Test
    void whatWaitsIsCountedAndTheOldestTellsItsAge() {
        world.sent(conversation, owner, "new");
        age("1 minute", 1);

        Backlog backlog = await(first.backlog(100));
        assertThat(backlog.rows()).isEqualTo(4);
        assertThat(backlog.age()).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(2));
        assertThat(await(first.backlog(2)).rows()).isEqualTo(2);

        await(world.client.sql("delete from outbox").fetch().rowsUpdated());
        assertThat(await(second.backlog(100))).isEqualTo(new Backlog(0, Duration.ZERO));
    }

    private void age(String age, long upTo) {
        await(world.client
                .sql("update outbox set created_at = created_at - cast(:age as interval)"
                        + " where log_id = :log and log_offset <= :to")
                .bind("age", age)
                .bind("log", log.value())
                .bind("to", upTo)
                .fetch()
                .rowsUpdated());
    }

    @Test
    @Tag("publish-6")
    void oneNodeHoldsTheLeaseAndTheOtherTakesItOnceItHasRunOut() {
        assertThat(await(first.claim(Duration.ZERO, 0, 10, HOUR))).isNotEmpty();
        assertThat(await(second.claim(Duration.ZERO, 0, 10, HOUR))).isEmpty();
        assertThat(await(first.claim(Duration.ZERO, 0, 10, Duration.ofMillis(300))))
                .as("renewed")
                .isNotEmpty();

        Awaitility.await().atMost(TIMEOUT).until(() -> !await(second.claim(Duration.ZERO, 0, 10, HOUR))
                .isEmpty());
        assertThat(await(first.claim(Duration.ZERO, 0, 10, HOUR))).isEmpty();
    }

    @Test
    @Tag("publish-6")
    void nodesThatAskForTheLeaseAtOnceDoNotBothGetIt() {
        List<Integer> holders = Flux.range(0, 40)
                .flatMap(
                        i -> (i % 2 == 0 ? first : second)
                                .claim(Duration.ZERO, 0, 10, HOUR)
                                .filter(claimed -> !claimed.isEmpty())
                                .map(claimed -> i % 2)
                                .subscribeOn(Schedulers.parallel()),
                        8)
                .distinct()
                .collectList()
                .block(TIMEOUT);

        assertThat(holders).hasSize(1);
    }

    /** A relay and a publisher that confirm the same changes, each in an order of its own. */
    @Test
    void removingTheSameEntriesAtOnceDoesNotDeadlock() {
        IntStream.range(0, 20).forEach(i -> world.sent(conversation, owner, "text " + i));
        List<LogEntry> waiting = await(first.claim(Duration.ZERO, 0, 100, HOUR));

        Flux.range(0, 60)
                .flatMap(
                        i -> {
                            List<LogEntry> some = new ArrayList<>(waiting);
                            Collections.shuffle(some, new Random(i));
                            return (i % 2 == 0 ? first : second)
                                    .remove(some.subList(0, 8))
                                    .subscribeOn(Schedulers.parallel());
                        },
                        6)
                .blockLast(TIMEOUT);

        assertThat(await(first.claim(Duration.ZERO, 0, 100, HOUR))).isEmpty();
    }
}
