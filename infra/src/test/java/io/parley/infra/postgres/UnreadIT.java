package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.delete;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.log.LogId;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is left to read is arithmetic, and reading is no change of any log. */
class UnreadIT {
    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final UserId speaker = world.user();
    private final UserId reader = world.user();
    private final ConversationId group = world.group(speaker, reader);

    @Test
    @Tag("log-7")
    void aDeletedMessageCountsUntilItIsReadPast() {
        Done first = world.sent(group, speaker, "one");
        world.sent(group, speaker, "two");
        world.sent(group, speaker, "three");

        world.append(delete(first, speaker));
        assertThat(unread()).isEqualTo(3);
        await(world.positions.read(reader, group, 1));
        assertThat(unread()).isEqualTo(2);
        await(other.positions.read(reader, group, 3));
        assertThat(unread()).isZero();
        world.append(delete(world.sent(group, speaker, "four"), speaker));

        assertThat(unread()).isEqualTo(1);
    }

    @Test
    @Tag("wire-receipts")
    void readingAndReceivingTakeNoOffset() {
        world.sent(group, speaker, "one");
        long head = world.head(LogId.of(group));
        long own = world.head(LogId.of(reader));

        assertThat(await(world.positions.received(reader, group, 1)).moved()).isTrue();
        assertThat(await(other.positions.read(reader, group, 1)).moved()).isTrue();

        assertThat(world.head(LogId.of(group))).isEqualTo(head);
        assertThat(world.head(LogId.of(reader))).isEqualTo(own);
        world.isWhole(group);
        world.isWhole(reader);
    }

    private long unread() {
        return await(other.reader.mine(reader, group)).unread();
    }
}
