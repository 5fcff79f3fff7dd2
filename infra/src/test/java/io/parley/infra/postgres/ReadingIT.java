package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationReader.Mine;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.LogReader.PageFor;
import io.parley.domain.log.LogReader.Range;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.HistoryPage.Anchor;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.message.ReadPositions.Moved;
import io.parley.domain.message.ReadPositions.Standing;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.test.StepVerifier;

/** What members read, from where on, and that nobody else reads anything. */
class ReadingIT {
    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final UserId owner = world.user();
    private final UserId member = world.user();
    private final UserId stranger = world.user();

    @Test
    @Tag("wire-history")
    void historyIsReadOnEachSideOfASeq() {
        ConversationId group = world.group(owner, member);
        List<Done> sent = IntStream.rangeClosed(1, 9)
                .mapToObj(i -> world.sent(group, owner, "text " + i))
                .toList();
        world.append(World.delete(sent.get(4), owner));

        assertThat(seqs(member, group, Anchor.BEFORE, HistoryPage.NEWEST, 3)).containsExactly(7L, 8L, 9L);
        assertThat(seqs(member, group, Anchor.BEFORE, 7, 2)).containsExactly(5L, 6L);
        assertThat(seqs(member, group, Anchor.BEFORE, 1, 5)).isEmpty();
        assertThat(seqs(member, group, Anchor.AFTER, 7, 5)).containsExactly(8L, 9L);
        assertThat(seqs(member, group, Anchor.AFTER, 2, 3)).containsExactly(3L, 4L, 5L);
        assertThat(seqs(member, group, Anchor.AFTER, HistoryPage.NEWEST, 3)).isEmpty();
        assertThat(seqs(member, group, Anchor.AROUND, 5, 4)).containsExactly(3L, 4L, 5L, 6L);
        assertThat(seqs(member, group, Anchor.AROUND, 5, 5)).containsExactly(3L, 4L, 5L, 6L, 7L);
        assertThat(seqs(member, group, Anchor.AROUND, 1, 4)).containsExactly(1L, 2L);
        assertThat(seqs(member, group, Anchor.AROUND, 9, 1)).containsExactly(9L);
        var all = await(other.history.page(member, group, new HistoryPage(Anchor.AFTER, 1, 200)));
        assertThat(all).hasSize(8).contains(sent.get(8).change());
        assertThat(all.get(3).message().body()).as("a tombstone").isNull();
    }

    /** Architecture 4.8: as each of them alone, in one statement. */
    @Test
    @Tag("log-5")
    void pagesOfManyLogsAreThoseOfEach() {
        ConversationId one = world.group(owner, member);
        ConversationId two = world.group(owner);
        IntStream.range(0, 5).forEach(i -> world.sent(one, owner, "text " + i));
        world.sent(two, owner, "text");
        List<Range> ranges = List.of(
                new Range(LogId.of(two), 0),
                new Range(new LogId(UUID.randomUUID()), 3),
                new Range(LogId.of(one), 4),
                new Range(LogId.of(member), 0),
                new Range(LogId.of(two), 100));

        List<LogPage> pages = await(other.logs.pages(ranges, 3));

        assertThat(pages)
                .isEqualTo(ranges.stream()
                        .map(range -> await(world.logs.page(range.log(), range.after(), LogReader.HEAD, 3)))
                        .toList());
        assertThat(pages).extracting(page -> page.changes().size()).containsExactly(3, 0, 3, 1, 0);
    }

    /** Architecture 4.14: as each of them alone, in one statement, and nothing of what is not the reader's. */
    @Test
    @Tag("catchup-14")
    void pagesOfManyLogsForOneReaderAreThoseOfEach() {
        ConversationId one = world.group(owner, member);
        IntStream.range(0, 5).forEach(i -> world.sent(one, owner, "text " + i));
        ConversationId notMine = world.group(owner);
        ConversationId joined = world.open(ConversationKind.CHANNEL, History.JOINED, owner);
        world.sent(joined, owner, "before");
        await(world.conversations.join(joined, member, now()));
        long joinedAt = await(world.reader.mine(member, joined)).joinedAt();
        world.sent(joined, owner, "after");
        List<Range> ranges = List.of(
                new Range(LogId.of(joined), 0),
                new Range(LogId.of(notMine), 0),
                new Range(LogId.of(one), 4, 6),
                new Range(LogId.of(member), 0),
                new Range(LogId.of(owner), 0));

        Map<LogId, PageFor> pages = await(other.logs.pagesFor(member, ranges, 10));

        assertThat(joinedAt)
                .isEqualTo(await(world.logs.heads(List.of(LogId.of(joined))).next())
                                .head()
                        - 1);
        assertThat(pages)
                .isEqualTo(Map.of(
                        LogId.of(joined), pageFor(LogId.of(joined), 0, LogReader.HEAD, joinedAt),
                        LogId.of(one),
                                pageFor(
                                        LogId.of(one),
                                        4,
                                        6,
                                        await(world.reader.mine(member, one)).joinedAt()),
                        LogId.of(member), pageFor(LogId.of(member), 0, LogReader.HEAD, 0)));
        assertThat(pages.get(LogId.of(one)).page().changes()).hasSize(2);
        assertThat(pages.get(LogId.of(joined)).page().changes())
                .filteredOn(MessageChange.class::isInstance)
                .hasSize(1);
    }

    private PageFor pageFor(LogId log, long after, long to, long joinedAt) {
        return new PageFor(await(world.logs.pageFor(member, log, after, to, 10)), joinedAt);
    }

    private List<Long> seqs(UserId reader, ConversationId conversation, Anchor anchor, long seq, int limit) {
        return await(world.history.page(reader, conversation, new HistoryPage(anchor, seq, limit))).stream()
                .map(change -> change.message().seq())
                .toList();
    }

    @Test
    @Tag("log-6")
    void whatWasSaidBeforeJoiningIsNotThere() {
        ConversationId channel = world.open(ConversationKind.CHANNEL, History.JOINED, owner);
        Done before = world.sent(channel, owner, "before");
        await(world.conversations.join(channel, member, now()));
        Done after = world.sent(channel, owner, "after");

        assertThat(seqs(member, channel, Anchor.BEFORE, 100, 10)).containsExactly(2L);
        assertThat(seqs(member, channel, Anchor.AFTER, 1, 10)).containsExactly(2L);
        assertThat(seqs(member, channel, Anchor.AROUND, 1, 10)).containsExactly(2L);
        assertThat(seqs(member, channel, Anchor.AROUND, 2, 10)).containsExactly(2L);
        refused(world.history.find(member, channel, before.change().message().id()), ErrorCode.MESSAGE_UNKNOWN);
        assertThat(await(world.history.find(
                        member, channel, after.change().message().id())))
                .isEqualTo(after.change());
        World.isRefused(world.append(World.edit(before, member, "seen?")), ErrorCode.MESSAGE_UNKNOWN);
        assertThat(await(world.reader.mine(member, channel)).unread()).isEqualTo(1);
        assertThat(await(world.positions.read(member, channel, 1)))
                .isEqualTo(new Moved(new Standing(member, 1, 1), 1, 2, false, List.of()));
    }

    @ParameterizedTest
    @Tag("log-7")
    @ValueSource(longs = {21, 22, 23})
    void unreadIsWhatARecountSays(long seed) {
        Random random = new Random(seed);
        List<UserId> users = List.of(owner, member, stranger);
        ConversationId group = world.open(ConversationKind.CHANNEL, History.JOINED, owner);
        List<UserId> in = new ArrayList<>(List.of(owner));
        for (int i = 0; i < 80; i++) {
            UserId user = users.get(random.nextInt(3));
            switch (random.nextInt(6)) {
                case 0 -> {
                    if (!in.contains(user)) {
                        await(world.conversations.join(group, user, now()));
                        in.add(user);
                    }
                }
                case 1 -> {
                    if (in.contains(user) && !user.equals(owner)) {
                        await(world.conversations.remove(group, user, user, now()));
                        in.remove(user);
                    }
                }
                case 2 -> {
                    if (in.contains(user)) {
                        readSomewhere(group, user, random);
                    }
                }
                default -> world.append(World.send(group, user, "text"));
            }
            in.forEach(reader -> recounted(group, reader));
        }
    }

    /** Never down, never beyond the head, whatever is asked for. */
    private void readSomewhere(ConversationId group, UserId user, Random random) {
        MyConversation before = await(world.reader.mine(user, group));
        long asked = random.nextLong(1, before.headSeq() + 4);
        Moved moved = await(other.positions.read(user, group, asked));
        Standing standing = moved.standing();
        assertThat(standing.readSeq()).isEqualTo(Math.max(before.lastReadSeq(), Math.min(asked, before.headSeq())));
        assertThat(standing.deliveredSeq()).isGreaterThanOrEqualTo(standing.readSeq());
        assertThat(moved.unread()).isEqualTo(before.headSeq() - standing.readSeq());
    }

    private void recounted(ConversationId group, UserId reader) {
        MyConversation mine = await(world.reader.mine(reader, group));
        long recount = world.number(
                "select count(*) from messages where conversation_id = :id and seq > " + mine.lastReadSeq(),
                group.value());
        assertThat(mine.unread()).isEqualTo(recount);
    }

    @Test
    @Tag("write-1")
    @Tag("always-5")
    void whoIsNotAMemberReadsNothing() {
        ConversationId group = world.group(owner, member);
        Done sent = world.sent(group, owner, "hello");
        await(world.conversations.remove(group, owner, member, now()));
        HistoryPage page = new HistoryPage(Anchor.AROUND, 1, 10);
        MessageId message = sent.change().message().id();

        for (UserId outside : List.of(member, stranger)) {
            refused(world.history.page(outside, group, page), ErrorCode.CONVERSATION_UNKNOWN);
            refused(world.history.find(outside, group, message), ErrorCode.CONVERSATION_UNKNOWN);
            refused(world.reader.mine(outside, group), ErrorCode.CONVERSATION_UNKNOWN);
            refused(world.reader.members(outside, group, null, 10).collectList(), ErrorCode.CONVERSATION_UNKNOWN);
            assertThat(await(world.reader.mine(outside)).conversations()).isEmpty();
            assertThat(await(world.reader.mine(outside, null, 10))).isEmpty();
        }
        refused(world.history.find(owner, group, new MessageId(UUID.randomUUID())), ErrorCode.MESSAGE_UNKNOWN);
    }

    @Test
    void aListShowsAllThatOneIsInWithTheHeadOfOnesLog() {
        ConversationId direct =
                await(world.conversations.openDirect(owner, member, now())).value();
        ConversationId group = world.group(member, owner, stranger);
        world.group(member, stranger);
        world.sent(group, member, "one");
        world.sent(direct, member, "two");

        Mine mine = await(other.reader.mine(owner));

        assertThat(mine.log()).isEqualTo(new LogHead(LogId.of(owner), 2));
        assertThat(mine.conversations())
                .extracting(MyConversation::id)
                .containsExactlyElementsOf(sorted(direct, group));
        for (MyConversation one : mine.conversations()) {
            assertThat(await(world.reader.mine(owner, one.id()))).isEqualTo(one);
            assertThat(one.unread()).isEqualTo(1);
            assertThat(one.headSeq()).isEqualTo(1);
            assertThat(one.head()).isEqualTo(world.head(LogId.of(one.id())));
            assertThat(one.memberCount()).isEqualTo(one.id().equals(direct) ? 2 : 3);
            assertThat(one.peer() == null).isEqualTo(one.id().equals(group));
        }
        List<MyConversation> firstPage = await(world.reader.mine(owner, null, 1));
        assertThat(firstPage).containsExactly(mine.conversations().get(0));
        assertThat(await(world.reader.mine(owner, firstPage.get(0).id(), 5)))
                .containsExactly(mine.conversations().get(1));
        assertThat(await(world.reader.mine(world.user())))
                .extracting(Mine::conversations)
                .isEqualTo(List.of());
    }

    private static List<ConversationId> sorted(ConversationId... ids) {
        return Stream.of(ids)
                .sorted(Comparator.comparing(id -> id.value().toString()))
                .toList();
    }

    @Test
    void membersAndChannelsAreListedByIdInPages() {
        ConversationId group = world.group(owner, member, stranger);
        List<Member> all = await(world.reader.members(owner, group, null, 10));

        assertThat(all).hasSize(3);
        assertThat(await(world.reader.members(owner, group, all.get(0).user().id(), 1)))
                .containsExactly(all.get(1));
        assertThat(await(world.reader.members(owner, group, all.get(2).user().id(), 5)))
                .isEmpty();
        StepVerifier.create(world.reader.members(owner, group, null, 10), 1)
                .expectNextCount(1)
                .thenCancel()
                .verify(World.TIMEOUT);

        ConversationId channel = world.open(ConversationKind.CHANNEL, History.ALL, owner);
        ConversationId justBefore = new ConversationId(new UUID(
                channel.value().getMostSignificantBits(), channel.value().getLeastSignificantBits() - 1));
        assertThat(await(world.reader.channels(justBefore, 1)))
                .extracting(Conversation::id)
                .containsExactly(channel);
        assertThat(await(world.reader.channels(null, 2))).hasSizeGreaterThan(0);
    }

    @Test
    void twoHaveMetWhileBothAreInOneConversation() {
        world.group(owner, member);
        world.group(owner, member);
        List<UserId> others = List.of(member, stranger);

        assertThat(await(world.reader.met(owner, others))).containsExactly(member);
        assertThat(await(world.reader.met(stranger, others))).isEmpty();
        assertThat(await(world.reader.met(owner, List.of()))).isEmpty();
    }

    @Test
    void whoHasLeftIsAStrangerAgain() {
        ConversationId group = world.group(owner, member);

        await(world.conversations.remove(group, member, member, now()));

        assertThat(await(world.reader.met(member, List.of(owner)))).isEmpty();
        assertThat(await(world.reader.met(owner, List.of(member)))).isEmpty();
    }
}
