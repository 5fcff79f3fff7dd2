package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Outbox;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.HistoryPage.Anchor;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a node of a later release has stored, while this one still runs beside it. */
class LaterReleaseIT {
    private final World world = new World(Node.first());
    private final UserId user = world.user();
    private final ConversationId group = world.group(user);
    private final LogId log = LogId.of(group);

    /** Else it would wait for ever for a node that knows it. */
    @AfterEach
    void takeBackWhatNoNodeHereCouldPublish() {
        await(world.client
                .sql("delete from outbox where log_id = :log")
                .bind("log", log.value())
                .fetch()
                .rowsUpdated());
    }

    @Test
    void aPageLeavesOutWhatIsUnknownAndStillMovesOn() {
        for (int i = 0; i < 5; i++) {
            append("poll", UUID.randomUUID(), "opened");
        }
        Done known = world.sent(group, user, "known");
        append("poll", UUID.randomUUID(), "created");
        long head = world.head(log);

        LogPage first = await(world.logs.page(log, 2, LogReader.HEAD, 3));

        assertThat(first.changes()).containsExactly(known.change());
        assertThat(first.next(LogReader.HEAD, 3)).isEqualTo(head);
        LogPage unknown = await(world.logs.pageFor(user, log, 2, 6, 3));
        assertThat(unknown.changes()).isEmpty();
        assertThat(unknown.next(6, 3)).isEqualTo(6);
        LogPage full = await(world.logs.page(log, 2, LogReader.HEAD, 1));
        assertThat(full.next(LogReader.HEAD, 1))
                .isEqualTo(known.change().entry().offset());
    }

    @Test
    void anUnknownReasonIsNotInTheLogAndItsMessageStaysInTheHistory() {
        Done known = world.sent(group, user, "known");
        append("message", known.change().entry().item(), "translated");

        assertThat(await(world.logs.page(log, 2, LogReader.HEAD, 10)).changes()).isEmpty();
        assertThat(await(world.logs.present(List.of(known.change().entry())))).isEmpty();
        assertThat(await(world.history.page(user, group, new HistoryPage(Anchor.AFTER, 0, 10))))
                .singleElement()
                .satisfies(change -> {
                    assertThat(change.message()).isEqualTo(known.change().message());
                    assertThat(change.entry().offset()).isEqualTo(world.head(log));
                });
    }

    @Test
    void theRelayLeavesItToANodeThatKnowsIt() {
        Outbox outbox = Node.first().get(Outbox.class);
        append("poll", UUID.randomUUID(), "created");
        append("conversation", group.value(), "painted");
        world.sent(group, user, "known");

        // Another node of these tests may still have the lease.
        Awaitility.await().atMost(World.TIMEOUT).until(() -> !claimed(outbox).isEmpty());
        assertThat(claimed(outbox))
                .filteredOn(entry -> entry.log().equals(log))
                .extracting(LogEntry::offset)
                .containsExactly(1L, 2L, 5L);
    }

    private static List<LogEntry> claimed(Outbox outbox) {
        return await(outbox.claim(Duration.ZERO, 0, 1_000_000, Duration.ofMillis(1)));
    }

    private void append(String kind, UUID item, String reason) {
        await(world.client
                .sql("""
                        with head as (
                            update conversations set head_offset = head_offset + 1 where id = :log returning head_offset
                        )
                        select write_change(:log, head_offset, :kind, :item, :reason)::text as done from head
                        """)
                .bind("log", log.value())
                .bind("kind", kind)
                .bind("item", item)
                .bind("reason", reason)
                .fetch()
                .all());
    }
}
