package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.delete;
import static io.parley.infra.postgres.World.edit;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.refused;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.Role;
import io.parley.domain.conversation.Title;
import io.parley.domain.conversation.Written;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.log.Change;
import io.parley.domain.log.Change.MemberChange;
import io.parley.domain.log.Change.MembershipChange;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Reason;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

/** Who reads the compacted log in pages ends where who saw every change is. */
class CompactedLogIT {
    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final List<UserId> users = Stream.generate(world::user).limit(5).toList();
    private final UserId owner = users.get(0);

    /** Every change of every log, as somebody saw it who was told of all of them, in the order of each log. */
    private final Map<LogId, List<Change>> seen = new HashMap<>();

    private final List<Done> messages = new ArrayList<>();

    @ParameterizedTest
    @Tag("log-3")
    @Tag("log-5")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void pagesFromAnywhereEndInTheStateOfAllChanges(long seed) {
        Random random = new Random(seed);
        ConversationId conversation = opened();
        for (int i = 0; i < 120; i++) {
            change(conversation, random);
        }

        List<LogId> logs = List.of(LogId.of(conversation), LogId.of(users.get(1)), LogId.of(users.get(2)));
        for (LogId log : logs) {
            for (int i = 0; i < 12; i++) {
                catchUp(log, random, () -> {});
            }
            // Others go on writing while somebody reads.
            catchUp(log, random, () -> change(conversation, random));
        }
        logs.forEach(world::isWhole);
    }

    private ConversationId opened() {
        Written<ConversationId> opened = await(world.conversations.create(World.wanted(
                ConversationKind.GROUP, History.ALL, owner, UUID.randomUUID(), users.toArray(UserId[]::new))));
        note(opened.entries());
        return opened.value();
    }

    private void note(List<LogEntry> entries) {
        List<Change> changes = await(other.logs.present(entries));
        assertThat(changes).extracting(Change::entry).isEqualTo(entries);
        changes.forEach(this::note);
    }

    private void note(Change change) {
        seen.computeIfAbsent(change.entry().log(), log -> new ArrayList<>()).add(change);
    }

    private void change(ConversationId conversation, Random random) {
        UserId user = users.get(random.nextInt(users.size()));
        UserId member = users.get(1 + random.nextInt(users.size() - 1));
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> say(send(conversation, user, "text " + random.nextInt(1_000)));
            case 3 ->
                messages.stream()
                        .skip(random.nextInt(messages.size() + 1))
                        .findFirst()
                        .ifPresent(message -> say(
                                edit(message, message.change().message().sender(), "edited " + random.nextInt(1_000))));
            case 4 ->
                messages.stream()
                        .skip(random.nextInt(messages.size() + 1))
                        .findFirst()
                        .ifPresent(message -> say(delete(message, owner)));
            case 5 -> write(world.conversations.remove(conversation, owner, member, now()));
            case 6 -> write(world.conversations.add(conversation, owner, member, now()));
            default ->
                write(
                        random.nextBoolean()
                                ? world.conversations.rename(
                                        conversation, owner, new Title("title " + random.nextInt(9)))
                                : world.conversations.setRole(
                                        conversation, owner, member, random.nextBoolean() ? Role.ADMIN : Role.MEMBER));
        }
    }

    private void say(MessageCommand command) {
        if (world.append(command) instanceof Done done && done.appended()) {
            note(done.change());
            if (done.change().entry().reason() == Reason.CREATED) {
                messages.add(done);
            }
        }
    }

    private void write(Mono<Written<ConversationId>> write) {
        note(await(write.map(Written::entries).onErrorReturn(ChatException.class, List.of())));
    }

    /** From any offset, in pages of any size, up to any offset and then to the head. */
    private void catchUp(LogId log, Random random, Runnable meanwhile) {
        long head = seen.get(log).size();
        long position = random.nextLong(head + 1);
        Map<UUID, Change> state = state(log, position);

        long to = position + random.nextLong(head - position + 1);
        position = read(log, position, to, random, state, meanwhile);
        assertThat(position).isEqualTo(to);
        long end = read(log, position, LogReader.HEAD, random, state, meanwhile);

        assertThat(end).isEqualTo(seen.get(log).size());
        assertThat(state).isEqualTo(state(log, end));
    }

    private long read(LogId log, long from, long to, Random random, Map<UUID, Change> state, Runnable meanwhile) {
        long position = from;
        while (true) {
            int limit = 1 + random.nextInt(20);
            LogPage page = await(other.logs.page(log, position, to, limit));
            long after = position;
            assertThat(page.head()).isEqualTo(seen.get(log).size());
            assertThat(page.floor()).isZero();
            assertThat(page.changes())
                    .extracting(change -> change.entry().offset())
                    .isSorted()
                    .doesNotHaveDuplicates()
                    .allMatch(offset -> offset > after && offset <= Math.min(to, page.head()));
            page.changes().forEach(change -> state.put(change.entry().item(), change));
            position = page.next(to, limit);
            if (page.changes().size() < limit) {
                assertThat(position).isEqualTo(Math.min(to, page.head()));
                return position;
            }
            if (to != LogReader.HEAD || random.nextInt(3) > 0) {
                continue;
            }
            meanwhile.run();
        }
    }

    /** The ids of items differ also between kinds, but for those of conversations in their own logs. */
    private Map<UUID, Change> state(LogId log, long upTo) {
        Map<UUID, Change> state = new HashMap<>();
        seen.get(log).stream()
                .filter(change -> change.entry().offset() <= upTo)
                .forEach(change -> state.put(change.entry().item(), change));
        return state;
    }

    @Test
    @Tag("log-4")
    void deletedMessagesAndFormerMembersAreTombstones() {
        ConversationId conversation = world.group(owner, users.get(1));
        LogId log = LogId.of(conversation);
        Done sent = world.sent(conversation, owner, "gone");
        world.append(delete(sent, owner));
        await(world.conversations.remove(conversation, owner, users.get(1), now()));

        List<Change> changes =
                await(world.logs.page(log, 0, LogReader.HEAD, 10)).changes();

        assertThat(changes)
                .extracting(change -> change.entry().reason())
                .containsExactly(Reason.CREATED, Reason.JOINED, Reason.DELETED, Reason.REMOVED);
        assertThat(changes.get(2)).isInstanceOfSatisfying(MessageChange.class, deleted -> {
            assertThat(deleted.message().id()).isEqualTo(sent.change().message().id());
            assertThat(deleted.message().body()).isNull();
        });
        assertThat(changes.get(3)).isInstanceOfSatisfying(MemberChange.class, removed -> {
            assertThat(removed.member().user().id()).isEqualTo(users.get(1));
            assertThat(removed.member().user().handle()).startsWith("user-");
            assertThat(removed.member().role()).isNull();
        });
        LogId own = LogId.of(users.get(1));
        assertThat(await(world.logs.pageFor(users.get(1), own, 0, LogReader.HEAD, 10))
                        .changes())
                .singleElement()
                .isInstanceOfSatisfying(MembershipChange.class, left -> {
                    assertThat(left.membership().conversation()).isEqualTo(conversation);
                    assertThat(left.membership().role()).isNull();
                });
    }

    @Test
    void theEntryOfAnItemThatHasMovedOnHasNoPresentState() {
        ConversationId conversation = world.group(owner);
        Done first = world.sent(conversation, owner, "one");
        Done second = world.sent(conversation, owner, "two");
        Done edited = (Done) world.append(edit(first, owner, "one!"));

        List<Change> present = await(other.logs.present(List.of(
                edited.change().entry(), first.change().entry(), second.change().entry())));

        assertThat(present).containsExactly(edited.change(), second.change());
    }

    @Test
    @Tag("log-4")
    @Tag("log-5")
    void theFloorIsToldWithEveryPage() {
        ConversationId conversation = world.group(owner);
        await(world.client
                .sql("update conversations set floor = 1 where id = :id")
                .bind("id", conversation.value())
                .fetch()
                .rowsUpdated());

        LogPage full = await(world.logs.page(LogId.of(conversation), 0, LogReader.HEAD, 10));
        LogPage empty = await(world.logs.pageFor(owner, LogId.of(conversation), 2, LogReader.HEAD, 10));

        assertThat(List.of(full.floor(), full.head())).containsExactly(1L, 2L);
        assertThat(empty).isEqualTo(new LogPage(List.of(), 2, 1));
    }

    @Test
    void unknownLogsAreEmptyAndHaveNoHead() {
        LogId unknown = new LogId(UUID.randomUUID());
        ConversationId conversation = world.group(owner);

        assertThat(await(world.logs.page(unknown, 0, LogReader.HEAD, 10))).isEqualTo(new LogPage(List.of(), 0, 0));
        assertThat(await(world.logs.heads(List.of(unknown, LogId.of(conversation), LogId.of(owner)))))
                .containsExactlyInAnyOrder(new LogHead(LogId.of(conversation), 2), new LogHead(LogId.of(owner), 1));
        assertThat(await(world.logs.heads(List.of()))).isEmpty();
        assertThat(await(world.logs.present(List.of()))).isEmpty();
    }

    @Test
    @Tag("write-1")
    void aLogIsReadByMembersAndItsOwnerAlone() {
        ConversationId conversation = world.group(owner, users.get(1));
        LogId log = LogId.of(conversation);
        await(world.conversations.remove(conversation, owner, users.get(1), now()));

        assertThat(await(world.logs.pageFor(owner, log, 0, LogReader.HEAD, 10)).changes())
                .hasSize(3);
        refused(world.logs.pageFor(users.get(1), log, 0, LogReader.HEAD, 10), ErrorCode.CONVERSATION_UNKNOWN);
        refused(world.logs.pageFor(users.get(2), log, 0, LogReader.HEAD, 10), ErrorCode.CONVERSATION_UNKNOWN);
        refused(
                world.logs.pageFor(owner, LogId.of(users.get(1)), 0, LogReader.HEAD, 10),
                ErrorCode.CONVERSATION_UNKNOWN);
        refused(
                world.logs.pageFor(owner, new LogId(UUID.randomUUID()), 0, LogReader.HEAD, 10),
                ErrorCode.CONVERSATION_UNKNOWN);
        UserId fresh = world.user();
        assertThat(await(world.logs.pageFor(fresh, LogId.of(fresh), 0, LogReader.HEAD, 10)))
                .isEqualTo(new LogPage(List.of(), 0, 0));
    }

    /** Left out before the limit is applied: a page that is not full still ends at the head. */
    @Test
    @Tag("log-6")
    void messagesFromBeforeJoiningAreLeftOut() {
        UserId late = world.user();
        ConversationId conversation = world.open(ConversationKind.CHANNEL, History.JOINED, owner);
        LogId log = LogId.of(conversation);
        List<Done> before = Stream.of("a", "b", "c")
                .map(text -> world.sent(conversation, owner, text))
                .toList();
        await(world.conversations.join(conversation, late, now()));
        Done after = world.sent(conversation, owner, "after");
        world.append(edit(before.get(1), owner, "edited"));

        LogPage page = await(world.logs.pageFor(late, log, 0, LogReader.HEAD, 4));

        assertThat(page.changes())
                .hasSize(4)
                .extracting(Change::entry)
                .contains(after.change().entry());
        assertThat(page.changes()).filteredOn(MessageChange.class::isInstance).containsExactly(after.change());
        assertThat(page.head()).isEqualTo(world.head(log));
        assertThat(await(world.logs.pageFor(owner, log, 0, LogReader.HEAD, 20)).changes())
                .filteredOn(MessageChange.class::isInstance)
                .hasSize(4);
    }
}
