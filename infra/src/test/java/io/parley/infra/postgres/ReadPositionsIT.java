package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.conversation.MyConversation.Peer;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.ReadPositions.Moved;
import io.parley.domain.message.ReadPositions.Standing;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** How far members have come: positions that only rise, never beyond the head, moved by their owners alone. */
class ReadPositionsIT {
    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final UserId owner = world.user();
    private final UserId member = world.user();
    private final UserId stranger = world.user();

    @Test
    void positionsOnlyRiseAndNeverBeyondTheHead() {
        ConversationId group = world.group(owner, member);
        say(group, 3);

        assertThat(await(world.positions.received(member, group, 2))).isEqualTo(moved(0, 2, 3, true));
        assertThat(await(world.positions.received(member, group, 1))).isEqualTo(moved(0, 2, 3, false));
        assertThat(await(world.positions.read(member, group, 1))).isEqualTo(moved(1, 2, 2, true));
        assertThat(await(world.positions.read(member, group, 1_000))).isEqualTo(moved(3, 3, 0, true));
        assertThat(await(world.positions.read(member, group, 2))).isEqualTo(moved(3, 3, 0, false));
        assertThat(await(world.positions.received(member, group, Long.MAX_VALUE)))
                .isEqualTo(moved(3, 3, 0, false));
        assertThat(await(world.positions.read(member, group, -1))).isEqualTo(moved(3, 3, 0, false));
    }

    private Moved moved(long read, long delivered, long unread, boolean moved) {
        return new Moved(new Standing(member, read, delivered), unread, 2, moved, List.of());
    }

    @Test
    void whoSpeaksHasReadAndReceivedWhatWasSaidBefore() {
        ConversationId group = world.group(owner, member);
        say(group, 3);

        world.sent(group, member, "I have read all of it");

        assertThat(await(world.positions.all(member, group, 100))).contains(new Standing(member, 4, 4));
    }

    @Test
    void neitherPositionMovesDownWhenDevicesSaySoAtOnce() {
        ConversationId group = world.group(owner, member);
        say(group, 40);

        List<Moved> answers = Flux.range(1, 40)
                .flatMap(seq -> move(group, seq), 8)
                .collectList()
                .block(World.TIMEOUT);

        assertThat(answers).filteredOn(Moved::moved).isNotEmpty();
        assertThat(await(world.positions.read(member, group, 1))).isEqualTo(moved(39, 40, 1, false));
    }

    /** Odd ones are read, on one node; even ones received, on the other. */
    private Mono<Moved> move(ConversationId group, int seq) {
        return seq % 2 == 0
                ? other.positions
                        .received(member, group, seq)
                        .doOnNext(moved ->
                                assertThat(moved.standing().deliveredSeq()).isGreaterThanOrEqualTo(seq))
                        .subscribeOn(Schedulers.parallel())
                : world.positions
                        .read(member, group, seq)
                        .doOnNext(
                                moved -> assertThat(moved.standing().readSeq()).isGreaterThanOrEqualTo(seq))
                        .subscribeOn(Schedulers.parallel());
    }

    @Test
    void ofManyWhoSayTheSameAtOnceOneMoves() {
        ConversationId group = world.group(owner, member);
        say(group, 1);

        List<Moved> answers = Flux.range(0, 20)
                .flatMap(
                        i -> (i % 2 == 0 ? world : other)
                                .positions
                                .read(member, group, 1)
                                .subscribeOn(Schedulers.parallel()),
                        8)
                .collectList()
                .block(World.TIMEOUT);

        assertThat(answers).filteredOn(Moved::moved).hasSize(1);
    }

    @Test
    void whoIsNotAMemberMovesNothingAndSeesNobody() {
        ConversationId group = world.group(owner, member);
        say(group, 2);
        await(world.positions.read(member, group, 1));
        await(world.conversations.remove(group, owner, member, now()));

        for (UserId outside : List.of(member, stranger)) {
            refused(world.positions.read(outside, group, 2), ErrorCode.CONVERSATION_UNKNOWN);
            refused(world.positions.received(outside, group, 2), ErrorCode.CONVERSATION_UNKNOWN);
            refused(world.positions.all(outside, group, 100), ErrorCode.CONVERSATION_UNKNOWN);
        }
        assertThat(world.number(
                        "select last_read_seq + last_delivered_seq from user_conversations where conversation_id = :id"
                                + " and user_id = '" + member.value() + "'",
                        group.value()))
                .isEqualTo(2);
        assertThat(await(world.positions.all(owner, group, 100))).containsExactly(new Standing(owner, 2, 2));
    }

    @Test
    @Tag("log-7")
    void whoComesBackBeginsAtTheHead() {
        ConversationId group = world.group(owner, member);
        say(group, 2);
        await(world.conversations.remove(group, owner, member, now()));
        say(group, 1);
        await(world.conversations.add(group, owner, member, now()));

        assertThat(await(world.positions.read(member, group, 1))).isEqualTo(moved(3, 3, 0, false));
    }

    @Test
    void allAreListedByIdUnlessTheyAreTooMany() {
        ConversationId group = world.group(owner, member, stranger);
        say(group, 2);
        await(world.positions.received(member, group, 2));
        await(world.positions.read(member, group, 1));

        assertThat(await(other.positions.all(stranger, group, 3)))
                .containsExactlyElementsOf(
                        sorted(new Standing(owner, 2, 2), new Standing(member, 1, 2), new Standing(stranger, 0, 0)));
        assertThat(await(other.positions.all(member, group, 2))).containsExactly(new Standing(member, 1, 2));
    }

    private static List<Standing> sorted(Standing... standings) {
        return Stream.of(standings)
                .sorted(Comparator.comparing(standing -> standing.user().value().toString()))
                .toList();
    }

    @Test
    void theListShowsOnesOwnPositionAndThatOfThePeer() {
        ConversationId direct =
                await(world.conversations.openDirect(owner, member, now())).value();
        say(direct, 3);
        await(world.positions.received(member, direct, 2));
        await(world.positions.read(member, direct, 1));

        MyConversation mine = await(world.reader.mine(owner, direct));
        MyConversation theirs = await(other.reader.mine(member)).conversations().get(0);

        assertThat(mine.lastDeliveredSeq()).isEqualTo(3);
        assertThat(mine.peer()).extracting(Peer::readSeq, Peer::deliveredSeq).containsExactly(1L, 2L);
        assertThat(theirs.lastReadSeq()).isEqualTo(1);
        assertThat(theirs.lastDeliveredSeq()).isEqualTo(2);
        assertThat(theirs.peer()).extracting(Peer::readSeq, Peer::deliveredSeq).containsExactly(3L, 3L);
    }

    private void say(ConversationId conversation, int messages) {
        for (int i = 0; i < messages; i++) {
            world.sent(conversation, owner, "text");
        }
    }
}
