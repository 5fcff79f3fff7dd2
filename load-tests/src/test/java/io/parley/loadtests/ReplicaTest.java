package io.parley.loadtests;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ConversationEntry;
import io.parley.api.LiveLimits;
import io.parley.api.MembershipView;
import io.parley.api.MessageView;
import io.parley.api.ServerFrame;
import io.parley.api.UserRef;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tests believe the replica: so it must notice each way to break the contract. */
@Tag("wire-next")
class ReplicaTest {
    private static final UUID USER = UUID.randomUUID();
    private static final UUID CONVERSATION = UUID.randomUUID();
    private static final UUID EPOCH = UUID.randomUUID();

    private final Replica replica = new Replica();

    @BeforeEach
    void beReadyAtFive() {
        replica.take(ready(5));
    }

    @Test
    void eachNextChangeIsWelcome() {
        replica.take(change(6));
        replica.take(new ServerFrame.Skip(CONVERSATION, 7));
        replica.take(change(8));

        assertThat(replica.violations()).isEmpty();
        assertThat(replica.messages(CONVERSATION)).hasSize(2);
        assertThat(replica.resume().offsets()).containsEntry(CONVERSATION, 8L).containsEntry(USER, 1L);
    }

    @Test
    void aHoleIsNoticed() {
        replica.take(change(7));

        assertThat(replica.violations()).singleElement().asString().startsWith("not next to offset 5");
    }

    @Test
    void aChangeThatComesTwiceIsNoticed() {
        replica.take(change(6));
        replica.take(change(6));

        assertThat(replica.violations()).hasSize(1);
    }

    @Test
    void inACatchUpOffsetsMayJumpAndNotFall() {
        replica.take(new ServerFrame.CatchUp(CONVERSATION, 5, 20));
        replica.take(change(9));
        replica.take(change(18));
        assertThat(replica.violations()).isEmpty();

        replica.take(change(10));

        assertThat(replica.violations()).hasSize(1);
    }

    @Test
    void aCatchUpBeginsWhereTheClientStands() {
        replica.take(new ServerFrame.CatchUp(CONVERSATION, 4, 20));

        assertThat(replica.violations()).hasSize(1);
    }

    @Test
    void whatIsCaughtUpGoesOnFromThere() {
        replica.take(new ServerFrame.CatchUp(CONVERSATION, 5, 20));
        replica.take(new ServerFrame.CaughtUp(CONVERSATION, 22));
        replica.take(change(23));

        assertThat(replica.violations()).isEmpty();
    }

    @Test
    void anEndWithoutABeginningIsNoticed() {
        replica.take(new ServerFrame.CaughtUp(CONVERSATION, 6));

        assertThat(replica.violations()).hasSize(1);
    }

    @Test
    void aCatchUpThatWasCutGoesOnBehindItsLastChange() {
        replica.take(new ServerFrame.CatchUp(CONVERSATION, 5, 20));
        replica.take(change(9));

        replica.take(ready(20));
        replica.take(new ServerFrame.CatchUp(CONVERSATION, 9, 20));
        replica.take(new ServerFrame.CaughtUp(CONVERSATION, 20));

        assertThat(replica.violations()).isEmpty();
    }

    @Test
    void afterARemovalNothingMayCome() {
        replica.take(membership(2, null));
        assertThat(replica.follows(CONVERSATION)).isFalse();

        replica.take(change(6));

        assertThat(replica.violations()).singleElement().asString().startsWith("nobody follows");
    }

    @Test
    void aNewConversationBeginsWithAGapAfterTheNewsOfIt() {
        UUID other = UUID.randomUUID();
        replica.take(new ServerFrame.Gap(other, 3));
        assertThat(replica.violations()).hasSize(1);

        replica.take(membership(2, null));
        replica.take(membership(3, "member"));
        replica.take(new ServerFrame.Gap(CONVERSATION, 30));
        replica.take(change(31));

        assertThat(replica.violations()).hasSize(1);
        assertThat(replica.messages(CONVERSATION)).hasSize(1);
    }

    private static ServerFrame ready(long position) {
        ConversationEntry entry = new ConversationEntry(
                CONVERSATION,
                "group",
                "t",
                "all",
                Instant.EPOCH,
                null,
                "member",
                2,
                position,
                0,
                0,
                0,
                0,
                null,
                null,
                1);
        UserRef user = new UserRef(USER, "ada", "Ada");
        return new ServerFrame.Ready(EPOCH, UUID.randomUUID(), user, 1, 25, LiveLimits.current(), List.of(entry), true);
    }

    private static ServerFrame change(long offset) {
        MessageView message = new MessageView(
                CONVERSATION,
                offset,
                offset,
                UUID.randomUUID(),
                USER,
                UUID.randomUUID(),
                "",
                Instant.EPOCH,
                null,
                null);
        return new ServerFrame.Change(
                CONVERSATION, offset, "created", message, null, null, null, null, null, null, null);
    }

    private static ServerFrame membership(long offset, @Nullable String role) {
        MembershipView membership = new MembershipView(CONVERSATION, role, 1);
        return new ServerFrame.Change(USER, offset, "joined", null, null, null, membership, null, null, null, null);
    }
}
