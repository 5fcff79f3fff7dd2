package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.refused;
import static io.parley.infra.postgres.World.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationRepository;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.conversation.NewConversation;
import io.parley.domain.conversation.Role;
import io.parley.domain.conversation.Title;
import io.parley.domain.conversation.Written;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Who may do what, what it appends, and what it leaves alone. */
class ConversationRulesIT {
    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final ConversationRepository repository = world.conversations;
    private final UserId owner = world.user();
    private final UserId admin = world.user();
    private final UserId member = world.user();
    private final UserId stranger = world.user();

    @Test
    void openingAGroupTellsItAndEachMember() {
        NewConversation wanted = wanted(ConversationKind.GROUP, History.ALL, owner, UUID.randomUUID(), member);

        Written<ConversationId> opened = await(repository.create(wanted));

        LogId log = LogId.of(wanted.id());
        UUID id = wanted.id().value();
        assertThat(opened)
                .isEqualTo(new Written<>(
                        wanted.id(),
                        List.of(
                                new LogEntry(log, 1, ItemKind.CONVERSATION, id, Reason.CREATED),
                                new LogEntry(log, 2, ItemKind.MEMBER, owner.value(), Reason.JOINED),
                                new LogEntry(LogId.of(owner), 1, ItemKind.MEMBERSHIP, id, Reason.JOINED),
                                new LogEntry(log, 3, ItemKind.MEMBER, member.value(), Reason.ADDED),
                                new LogEntry(LogId.of(member), 1, ItemKind.MEMBERSHIP, id, Reason.ADDED))));
        MyConversation mine = await(other.reader.mine(member, wanted.id()));
        assertThat(mine.conversation().title()).isEqualTo(wanted.title());
        assertThat(mine.conversation().createdAt()).isEqualTo(wanted.createdAt());
        assertThat(mine.role()).isEqualTo(Role.MEMBER);
        assertThat(mine.memberCount()).isEqualTo(2);
        assertThat(await(other.reader.mine(owner, wanted.id())).role()).isEqualTo(Role.OWNER);
    }

    @Test
    void aRepeatedKeyYieldsTheFirstConversation() {
        NewConversation wanted = wanted(ConversationKind.GROUP, History.ALL, owner, UUID.randomUUID(), member, admin);
        // The client repeats itself: another id is drafted, and the order of members means nothing.
        NewConversation again =
                wanted(ConversationKind.GROUP, History.ALL, owner, wanted.key(), admin, member, owner, member);

        await(repository.create(wanted));

        assertThat(await(other.conversations.create(again))).isEqualTo(new Written<>(wanted.id(), List.of()));
        refused(
                repository.create(wanted(ConversationKind.GROUP, History.ALL, owner, wanted.key(), member)),
                ErrorCode.CONVERSATION_KEY_REUSED);
        refused(
                repository.create(wanted(ConversationKind.CHANNEL, History.ALL, owner, wanted.key(), member, admin)),
                ErrorCode.CONVERSATION_KEY_REUSED);
        assertThat(await(repository.create(wanted(ConversationKind.GROUP, History.ALL, member, wanted.key())))
                        .entries())
                .as("the key of another creator")
                .isNotEmpty();
    }

    @Test
    void aKeyOnTwoNodesAtOnceIsOneConversation() {
        List<ConversationId> opened = Flux.range(0, 50)
                .flatMap(
                        i -> {
                            UUID key = UUID.randomUUID();
                            return Mono.zip(create(world, key), create(other, key), (one, two) -> {
                                assertThat(one.value()).isEqualTo(two.value());
                                assertThat(one.entries().size() + two.entries().size())
                                        .isEqualTo(5);
                                return one.value();
                            });
                        },
                        3)
                .collectList()
                .block(TIMEOUT);

        assertThat(opened).hasSize(50).doesNotHaveDuplicates();
        world.areWhole(opened, List.of(owner, member));
    }

    private Mono<Written<ConversationId>> create(World node, UUID key) {
        return node.conversations
                .create(wanted(ConversationKind.GROUP, History.ALL, owner, key, member))
                .subscribeOn(Schedulers.parallel());
    }

    @Test
    void whoDoesNotExistOrWasDeletedIsNotAdded() {
        UserId nobody = new UserId(UUID.randomUUID());
        UserId deleted = deleted();
        NewConversation wanted = wanted(ConversationKind.GROUP, History.ALL, owner, UUID.randomUUID(), nobody);
        ConversationId group = world.group(owner);

        refused(repository.create(wanted), ErrorCode.USER_UNKNOWN);
        refused(repository.openDirect(owner, deleted, now()), ErrorCode.USER_UNKNOWN);
        refused(repository.openDirect(owner, nobody, now()), ErrorCode.USER_UNKNOWN);
        refused(repository.add(group, owner, nobody, now()), ErrorCode.USER_UNKNOWN);
        refused(repository.add(group, owner, deleted, now()), ErrorCode.USER_UNKNOWN);

        assertThat(world.number(
                        "select count(*) from conversations where id = :id",
                        wanted.id().value()))
                .isZero();
        assertThat(world.number("select count(*) from user_logs where user_id = :id", nobody.value()))
                .isZero();
        world.areWhole(List.of(group), List.of(owner));
        NewConversation corrected = wanted(ConversationKind.GROUP, History.ALL, owner, wanted.key(), member);
        assertThat(await(repository.create(corrected)).value()).isEqualTo(corrected.id());
    }

    private UserId deleted() {
        UserId deleted = world.user();
        await(world.client
                .sql("update users set deleted_at = now() where id = :id")
                .bind("id", deleted.value())
                .fetch()
                .rowsUpdated());
        return deleted;
    }

    @Test
    void twoPeopleWhoOpenTheirConversationAtOnceAreInOne() {
        for (int i = 0; i < 30; i++) {
            UserId one = world.user();
            UserId two = world.user();
            List<Written<ConversationId>> both = Flux.merge(
                            world.conversations.openDirect(one, two, now()).subscribeOn(Schedulers.parallel()),
                            other.conversations.openDirect(two, one, now()).subscribeOn(Schedulers.parallel()))
                    .collectList()
                    .block(TIMEOUT);

            assertThat(both).extracting(Written::value).containsOnly(ConversationId.direct(one, two));
            assertThat(both).extracting(written -> written.entries().size()).containsExactlyInAnyOrder(0, 5);
            MyConversation mine = await(world.reader.mine(one, ConversationId.direct(one, two)));
            assertThat(mine.peer().user().id()).isEqualTo(two);
            assertThat(mine.role()).isEqualTo(Role.MEMBER);
            assertThat(mine.conversation().title()).isNull();
            world.areWhole(List.of(mine.id()), List.of(one, two));
        }
    }

    @Test
    void directConversationsAreForGood() {
        ConversationId direct =
                await(repository.openDirect(owner, member, now())).value();

        refused(repository.openDirect(owner, owner, now()), ErrorCode.CONVERSATION_KIND);
        refused(repository.rename(direct, owner, new Title("x")), ErrorCode.CONVERSATION_KIND);
        refused(repository.add(direct, owner, stranger, now()), ErrorCode.CONVERSATION_KIND);
        refused(repository.remove(direct, owner, owner, now()), ErrorCode.CONVERSATION_KIND);
        refused(repository.remove(direct, owner, member, now()), ErrorCode.CONVERSATION_KIND);
        refused(repository.setRole(direct, owner, member, Role.ADMIN), ErrorCode.CONVERSATION_KIND);
        refused(repository.join(direct, stranger, now()), ErrorCode.CONVERSATION_UNKNOWN);
        refused(repository.rename(direct, stranger, new Title("x")), ErrorCode.CONVERSATION_UNKNOWN);
        assertThat(await(repository.join(direct, member, now())).entries()).isEmpty();
        assertThat(world.head(LogId.of(direct))).isEqualTo(3);
    }

    /** Each by each: "-" is done, everything else the refusal. */
    @ParameterizedTest
    @CsvSource({
        "owner,    -,           -,           -,           -,           -",
        "admin,    -,           -,           -,           CONVERSATION_FORBIDDEN, CONVERSATION_FORBIDDEN",
        "member,   CONVERSATION_FORBIDDEN, CONVERSATION_FORBIDDEN, CONVERSATION_FORBIDDEN, CONVERSATION_FORBIDDEN, "
                + "CONVERSATION_FORBIDDEN",
        "stranger, CONVERSATION_UNKNOWN, CONVERSATION_UNKNOWN, CONVERSATION_UNKNOWN, CONVERSATION_UNKNOWN, "
                + "CONVERSATION_UNKNOWN",
        "former,   CONVERSATION_UNKNOWN, CONVERSATION_UNKNOWN, CONVERSATION_UNKNOWN, CONVERSATION_UNKNOWN, "
                + "CONVERSATION_UNKNOWN"
    })
    void eachRoleDoesWhatItMay(
            String role, String rename, String add, String removeMember, String setRole, String removeAdmin) {
        UserId former = world.user();
        UserId secondMember = world.user();
        UserId secondAdmin = world.user();
        ConversationId group = world.group(owner, admin, member, former, secondMember, secondAdmin);
        await(repository.setRole(group, owner, admin, Role.ADMIN));
        await(repository.setRole(group, owner, secondAdmin, Role.ADMIN));
        await(repository.remove(group, former, former, now()));
        UserId actor = Map.of("owner", owner, "admin", admin, "member", member, "stranger", stranger, "former", former)
                .get(role);

        decides(repository.rename(group, actor, new Title("another")), rename);
        decides(repository.add(group, actor, world.user(), now()), add);
        decides(repository.remove(group, actor, secondMember, now()), removeMember);
        decides(repository.setRole(group, actor, secondAdmin, Role.MEMBER), setRole);
        await(repository.setRole(group, owner, secondAdmin, Role.ADMIN));
        decides(repository.remove(group, actor, secondAdmin, now()), removeAdmin);
        world.isWhole(group);
    }

    private static void decides(Mono<Written<ConversationId>> asked, String expected) {
        if (expected.equals("-")) {
            assertThat(await(asked).entries()).isNotEmpty();
        } else {
            refused(asked, ErrorCode.valueOf(expected));
        }
    }

    @Test
    void adminsDoNotRemoveOwnersAndOwnersRemoveOwners() {
        UserId second = world.user();
        ConversationId group = world.group(owner, admin, second);
        await(repository.setRole(group, owner, admin, Role.ADMIN));
        await(repository.setRole(group, owner, second, Role.OWNER));

        refused(repository.remove(group, admin, second, now()), ErrorCode.CONVERSATION_FORBIDDEN);
        assertThat(await(repository.remove(group, second, owner, now())).entries())
                .extracting(LogEntry::reason)
                .containsExactly(Reason.REMOVED, Reason.REMOVED);
    }

    @Test
    void somebodyOwnsAGroupAsLongAsOthersAreInIt() {
        ConversationId group = world.group(owner, member);

        refused(repository.remove(group, owner, owner, now()), ErrorCode.CONVERSATION_LAST_OWNER);
        refused(repository.setRole(group, owner, owner, Role.ADMIN), ErrorCode.CONVERSATION_LAST_OWNER);
        await(repository.setRole(group, owner, member, Role.OWNER));
        await(repository.remove(group, owner, owner, now()));
        assertThat(await(repository.remove(group, member, member, now())).entries())
                .as("the last one may leave")
                .extracting(LogEntry::reason)
                .containsExactly(Reason.LEFT, Reason.LEFT);
        refused(repository.remove(group, member, member, now()), ErrorCode.CONVERSATION_UNKNOWN);
        world.isWhole(group);
        assertThat(world.number("select cast(member_count as bigint) from conversations where id = :id", group.value()))
                .isZero();
    }

    @Test
    void twoOwnersWhoLeaveAtOnceDoNotBothGo() {
        for (int i = 0; i < 20; i++) {
            UserId second = world.user();
            ConversationId group = world.group(owner, second, member);
            await(repository.setRole(group, owner, second, Role.OWNER));

            List<String> results = Flux.merge(leaving(world, group, owner), leaving(other, group, second))
                    .collectList()
                    .block(TIMEOUT);

            assertThat(results).containsExactlyInAnyOrder("left", ErrorCode.CONVERSATION_LAST_OWNER.wireName());
        }
    }

    private static Mono<String> leaving(World node, ConversationId group, UserId user) {
        return node.conversations
                .remove(group, user, user, now())
                .map(done -> "left")
                .onErrorResume(error -> Mono.just(String.valueOf(error.getMessage())))
                .subscribeOn(Schedulers.parallel());
    }

    @Test
    @Tag("write-3")
    void whatChangesNothingAppendsNothing() {
        ConversationId channel = world.open(ConversationKind.CHANNEL, History.ALL, owner, member);
        await(repository.rename(channel, owner, new Title("called")));
        long head = world.head(LogId.of(channel));
        long own = world.head(LogId.of(member));

        assertThat(await(repository.rename(channel, owner, new Title("called"))))
                .isEqualTo(new Written<>(channel, List.of()));
        assertThat(await(repository.join(channel, member, now())).entries()).isEmpty();
        assertThat(await(repository.add(channel, owner, member, now())).entries())
                .isEmpty();
        assertThat(await(repository.setRole(channel, owner, member, Role.MEMBER))
                        .entries())
                .isEmpty();
        refused(repository.remove(channel, owner, stranger, now()), ErrorCode.MEMBER_UNKNOWN);
        refused(repository.setRole(channel, owner, stranger, Role.ADMIN), ErrorCode.MEMBER_UNKNOWN);

        assertThat(world.head(LogId.of(channel))).isEqualTo(head);
        assertThat(world.head(LogId.of(member))).isEqualTo(own);
    }

    @Test
    void everybodyJoinsChannelsAndNobodyJoinsGroups() {
        ConversationId channel = world.open(ConversationKind.CHANNEL, History.ALL, owner);
        ConversationId group = world.group(owner);

        assertThat(await(repository.join(channel, stranger, now())).entries())
                .containsExactly(
                        new LogEntry(LogId.of(channel), 3, ItemKind.MEMBER, stranger.value(), Reason.JOINED),
                        new LogEntry(LogId.of(stranger), 1, ItemKind.MEMBERSHIP, channel.value(), Reason.JOINED));
        refused(repository.join(group, stranger, now()), ErrorCode.CONVERSATION_UNKNOWN);
        refused(
                repository.join(new ConversationId(UUID.randomUUID()), stranger, now()),
                ErrorCode.CONVERSATION_UNKNOWN);
    }

    @Test
    void whoComesBackIsAMemberWhoStartsAtTheHead() {
        ConversationId group = world.open(ConversationKind.GROUP, History.JOINED, owner, admin);
        await(repository.setRole(group, owner, admin, Role.ADMIN));
        world.sent(group, owner, "one");
        await(repository.remove(group, admin, admin, now()));
        world.sent(group, owner, "two");

        await(repository.add(group, owner, admin, now()));

        MyConversation mine = await(world.reader.mine(admin, group));
        assertThat(mine.role()).isEqualTo(Role.MEMBER);
        assertThat(List.of(mine.visibleFromSeq(), mine.lastReadSeq(), mine.unread()))
                .containsExactly(3L, 2L, 0L);
        assertThat(mine.memberCount()).isEqualTo(2);
        assertThat(await(world.reader.members(owner, group, null, 10)))
                .extracting(Member::role)
                .containsExactlyInAnyOrder(Role.OWNER, Role.MEMBER);
    }
}
