package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.again;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.delete;
import static io.parley.infra.postgres.World.edit;
import static io.parley.infra.postgres.World.isRefused;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Role;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.Reason;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageCommand.Delete;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class PostgresMessageLogIT {
    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final UserId owner = world.user();
    private final UserId member = world.user();
    private final UserId stranger = world.user();
    private final ConversationId conversation = world.group(owner, member);
    private final LogId log = LogId.of(conversation);

    @AfterEach
    void theLogIsWholeAndEveryConnectionGivenBack() {
        allGivenBack();
        world.isWhole(conversation);
    }

    private void allGivenBack() {
        Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(
                        world.pool.getMetrics().orElseThrow().acquiredSize())
                .as("connections in use")
                .isZero());
    }

    @Test
    void aMessageReadsAsItWasAnswered() {
        Send hello = send(conversation, owner, "hello");

        Done sent = (Done) world.append(hello);

        assertThat(sent.appended()).isTrue();
        assertThat(sent.change().message())
                .isEqualTo(new Message(
                        conversation,
                        1,
                        hello.id(),
                        owner,
                        hello.clientMessageId(),
                        hello.body(),
                        hello.at(),
                        null,
                        null));
        assertThat(sent.change().entry())
                .isEqualTo(new LogEntry(
                        log, world.head(log), ItemKind.MESSAGE, hello.id().value(), Reason.CREATED));
        assertThat(await(other.history.find(member, conversation, hello.id()))).isEqualTo(sent.change());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDEA\uD83C\uDDFA",
                "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u202Eabc\u202C",
                "cafe\u0301 is not caf\u00E9",
                "Z\u0351\u036B\u0343\u036A\u0302",
                "'; drop table messages; -- :id $1 \\ %s {\"a\",NULL}",
                "one\n\n\ttwo",
                "NULL",
                "\uFEFFmarked",
                "\u0378 is nobody's yet"
            })
    void everyTextComesBackAsItIs(String text) {
        Done sent = world.sent(conversation, owner, text);

        assertThat(sent.change().message().body()).isEqualTo(new MessageBody(text));
        assertThat(await(world.history.find(
                        owner, conversation, sent.change().message().id())))
                .isEqualTo(sent.change());
    }

    @Test
    void theLongestTextFits() {
        String longest = "\uD83D\uDE00".repeat(MessageBody.MAX_LENGTH);

        assertThat(world.sent(conversation, owner, longest).change().message().body())
                .isEqualTo(new MessageBody(longest));
    }

    @Test
    void nothingIsAppendedByAnEmptyBatchOrByAssembling() {
        long before = world.head(log);

        assertThat(world.append(List.of())).isEmpty();
        assertThat(world.log.append(List.of(send(conversation, owner, "never"))))
                .isNotNull();

        assertThat(world.head(log)).isEqualTo(before);
    }

    @Test
    @Tag("log-8")
    @Tag("write-3")
    void aRepeatYieldsTheFirstMessageAlsoWithinItsBatch() {
        Send hello = send(conversation, owner, "hello");

        List<MessageOutcome> batch =
                world.append(List.of(hello, send(conversation, member, "between"), again(hello), again(hello)));

        Done first = (Done) batch.get(0);
        Done repeated = new Done(first.change(), false);
        assertThat(batch.get(2)).isEqualTo(repeated);
        assertThat(batch.get(3)).isEqualTo(repeated);
        assertThat(world.append(hello)).isEqualTo(repeated);
        assertThat(other.append(again(hello))).isEqualTo(repeated);
        assertThat(world.head(log)).isEqualTo(first.change().entry().offset() + 1);
    }

    /** The answer to the first was lost: what was stored is not to be told as unknown. */
    @Test
    @Tag("log-8")
    @Tag("write-4")
    void whoWasRemovedMeanwhileIsStillAnsweredWithWhatWasStored() {
        Done sent = (Done) world.append(send(conversation, member, "hello"));
        Done edited = (Done) world.append(edit(sent, member, "good-bye"));
        Send otherwise = send(conversation, member, "more");
        await(world.conversations.remove(conversation, owner, member, World.now()));

        assertThat(other.append(edit(sent, member, "good-bye"))).isEqualTo(new Done(edited.change(), false));
        isRefused(other.append(otherwise), ErrorCode.CONVERSATION_UNKNOWN);
        isRefused(other.append(edit(sent, member, "once more")), ErrorCode.CONVERSATION_UNKNOWN);
        isRefused(other.append(delete(sent, member)), ErrorCode.CONVERSATION_UNKNOWN);
        Done deleted = (Done) world.append(delete(sent, owner));
        assertThat(deleted.appended()).isTrue();
        isRefused(other.append(delete(sent, member)), ErrorCode.CONVERSATION_UNKNOWN);
    }

    @Test
    @Tag("log-8")
    void theSameClientMessageIdOfAnotherSenderOrConversationIsAnotherMessage() {
        ConversationId elsewhere = world.group(owner);
        Send hello = send(conversation, owner, "hello");
        Send ofMember = new Send(conversation, member, id(), hello.clientMessageId(), hello.body(), World.now());
        Send there = new Send(elsewhere, owner, id(), hello.clientMessageId(), hello.body(), World.now());

        assertThat(world.append(List.of(hello, ofMember, there)))
                .extracting(outcome -> ((Done) outcome).change().message().id())
                .containsExactly(hello.id(), ofMember.id(), there.id());
    }

    @Test
    @Tag("log-8")
    void aClientMessageIdWithAnotherTextIsAConflictAlsoAfterEditAndDeletion() {
        Send hello = send(conversation, owner, "hello");
        Done sent = (Done) world.append(hello);
        Send otherwise = with(hello, "good-bye");

        isRefused(world.append(otherwise), ErrorCode.MESSAGE_ID_REUSED);
        Done edited = (Done) world.append(edit(sent, owner, "good-bye"));
        isRefused(other.append(otherwise), ErrorCode.MESSAGE_ID_REUSED);
        assertThat(other.append(again(hello))).as("repeat").isEqualTo(new Done(edited.change(), false));
        Done deleted = (Done) world.append(delete(sent, owner));
        isRefused(other.append(otherwise), ErrorCode.MESSAGE_ID_REUSED);
        assertThat(other.append(again(hello))).as("repeat").isEqualTo(new Done(deleted.change(), false));
    }

    private static Send with(Send send, String text) {
        return new Send(
                send.conversation(), send.actor(), id(), send.clientMessageId(), new MessageBody(text), World.now());
    }

    @Test
    void anEditIsTheMessagesLatestChange() {
        Done sent = world.sent(conversation, member, "hello");
        Done later = world.sent(conversation, owner, "later");

        Done edited = (Done) world.append(edit(sent, member, "hello!"));

        assertThat(edited.appended()).isTrue();
        assertThat(edited.change().entry().offset())
                .isEqualTo(later.change().entry().offset() + 1);
        assertThat(edited.change().entry().reason()).isEqualTo(Reason.EDITED);
        assertThat(edited.change().message().seq()).isEqualTo(1);
        assertThat(edited.change().message().body()).isEqualTo(new MessageBody("hello!"));
        assertThat(edited.change().message().editedAt()).isNotNull();
    }

    @Test
    @Tag("write-3")
    void theSameTextAndASecondDeletionChangeNothing() {
        Done sent = world.sent(conversation, member, "hello");

        assertThat(world.append(edit(sent, member, "hello"))).isEqualTo(new Done(sent.change(), false));
        Done deleted = (Done) world.append(delete(sent, member));
        assertThat(deleted.change().message().body()).isNull();
        assertThat(deleted.change().message().deletedAt()).isNotNull();
        assertThat(other.append(delete(sent, owner))).isEqualTo(new Done(deleted.change(), false));
        assertThat(world.head(log)).isEqualTo(deleted.change().entry().offset());
    }

    @Test
    void onlyWhoSentAMessageEditsItAndOnlyUntilItIsDeleted() {
        Done sent = world.sent(conversation, member, "hello");

        isRefused(world.append(edit(sent, owner, "mine")), ErrorCode.MESSAGE_NOT_YOURS);
        isRefused(world.append(edit(sent, stranger, "mine")), ErrorCode.CONVERSATION_UNKNOWN);
        world.append(delete(sent, member));
        isRefused(world.append(edit(sent, member, "again")), ErrorCode.MESSAGE_DELETED);
        isRefused(world.append(edit(sent, owner, "again")), ErrorCode.MESSAGE_NOT_YOURS);
    }

    @Test
    @Tag("write-1")
    void ownersAndAdminsDeleteWhatOthersSaidAndMembersDoNot() {
        UserId admin = world.user();
        await(world.conversations.add(conversation, owner, admin, World.now()));
        await(world.conversations.setRole(conversation, owner, admin, Role.ADMIN));
        Done ofOwner = world.sent(conversation, owner, "owner's");
        Done ofMember = world.sent(conversation, member, "member's");

        isRefused(world.append(delete(ofOwner, member)), ErrorCode.MESSAGE_NOT_YOURS);
        assertThat(((Done) world.append(delete(ofOwner, admin))).appended()).isTrue();
        assertThat(((Done) world.append(delete(ofMember, owner))).appended()).isTrue();
    }

    @Test
    @Tag("write-3")
    void whatIsRefusedInABatchLeavesTheOthersAlone() {
        Done sent = world.sent(conversation, owner, "hello");
        long before = world.head(log);
        ConversationId nowhere = new ConversationId(UUID.randomUUID());

        List<MessageOutcome> outcomes = world.append(List.of(
                send(nowhere, owner, "nowhere"),
                send(conversation, stranger, "not a member"),
                send(conversation, owner, "one"),
                new Delete(conversation, owner, id(), World.now()),
                edit(sent, member, "not mine"),
                edit(sent, owner, "hello!"),
                send(conversation, member, "two"),
                delete(sent, owner),
                edit(sent, owner, "too late")));

        isRefused(outcomes.get(0), ErrorCode.CONVERSATION_UNKNOWN);
        isRefused(outcomes.get(1), ErrorCode.CONVERSATION_UNKNOWN);
        isRefused(outcomes.get(3), ErrorCode.MESSAGE_UNKNOWN);
        isRefused(outcomes.get(4), ErrorCode.MESSAGE_NOT_YOURS);
        isRefused(outcomes.get(8), ErrorCode.MESSAGE_DELETED);
        assertThat(Stream.of(2, 5, 6, 7).map(outcomes::get))
                .extracting(outcome -> ((Done) outcome).change().entry().offset())
                .containsExactly(before + 1, before + 2, before + 3, before + 4);
    }

    @Test
    @Tag("log-7")
    void whoSendsHasReadWhatWasSaidBefore() {
        world.sent(conversation, owner, "one");
        world.sent(conversation, owner, "two");
        assertThat(await(world.reader.mine(member, conversation)).unread()).isEqualTo(2);

        world.sent(conversation, member, "three");

        assertThat(await(world.reader.mine(member, conversation)).unread()).isZero();
        assertThat(await(world.reader.mine(member, conversation)).lastReadSeq()).isEqualTo(3);
        assertThat(await(world.reader.mine(owner, conversation)).unread()).isEqualTo(1);
    }

    /** Nothing of the batch is kept, also of the conversations that were free. */
    @Test
    @Tag("write-3")
    void aLockThatIsNotGivenUpRefusesTheWholeBatch() {
        ConversationId free = world.group(owner);
        List<Send> batch = List.of(send(free, owner, "free"), send(conversation, owner, "locked"));

        StepVerifier.create(other.during(
                        "select 1 from conversations where id = $1 for update",
                        conversation.value(),
                        world.log.append(List.copyOf(batch))))
                .expectError(BatchRefused.class)
                .verify(TIMEOUT);

        assertThat(world.number("select head_seq from conversations where id = :id", free.value()))
                .isZero();
        assertThat(world.append(List.copyOf(batch)))
                .extracting(outcome -> ((Done) outcome).appended())
                .containsOnly(true);
    }

    @Test
    void anItemThatTheStoreCannotTakeRefusesTheWholeBatch() {
        Send hello = send(conversation, owner, "hello");
        Send sameId = new Send(conversation, member, hello.id(), hello.clientMessageId(), hello.body(), World.now());

        StepVerifier.create(world.log.append(List.of(hello, sameId)))
                .expectError(BatchRefused.class)
                .verify(TIMEOUT);

        assertThat(world.number("select head_seq from conversations where id = :id", conversation.value()))
                .isZero();
    }

    /** While the conversation is locked, so that the append cannot be over before it is cancelled. */
    @Test
    void cancellingGivesTheConnectionBack() {
        Send hello = send(conversation, owner, "cancelled, or not");
        Mono<Void> cancelling = Mono.defer(() -> {
            Disposable appending = world.log.append(List.of(hello)).subscribe();
            return Mono.delay(Duration.ofMillis(100))
                    .doOnNext(late -> appending.dispose())
                    .then();
        });

        StepVerifier.create(other.during(
                        "select 1 from conversations where id = $1 for update", conversation.value(), cancelling))
                .expectComplete()
                .verify(TIMEOUT);

        allGivenBack();
        assertThat(((Done) world.append(again(hello))).change().message().body())
                .isEqualTo(hello.body());
    }

    @Test
    void whileTheDatabaseIsAwayTheStoreIsUnavailableAndAfterwardsItWorks() {
        Send before = send(conversation, owner, "before");
        Done stored = (Done) world.append(before);

        Servers.withoutKilled(EmbeddedServer.POSTGRES, () -> {
            World.refused(
                    world.log.append(List.of(send(conversation, owner, "meanwhile"))), ErrorCode.STORE_UNAVAILABLE);
            World.refused(world.logs.page(log, 0, 1, 1), ErrorCode.STORE_UNAVAILABLE);
            World.refused(other.reader.mine(owner), ErrorCode.STORE_UNAVAILABLE);
        });

        // A pool learns that a connection died when it hands it out: one failure for each that it held.
        Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptionsInstanceOf(Unavailable.class)
                .until(() -> readTogether(world) && readTogether(other));
        assertThat(world.append(again(before))).isEqualTo(new Done(stored.change(), false));
        assertThat(world.sent(conversation, owner, "after").change().message().seq())
                .as("no hole")
                .isEqualTo(2);
    }

    /** More at once than the pool has connections, so that all of them are used. */
    private boolean readTogether(World reading) {
        return Flux.range(0, 16)
                        .flatMap(i -> reading.logs.page(log, 0, 1, 1), 16)
                        .count()
                        .block(TIMEOUT)
                == 16;
    }

    private static MessageId id() {
        return new MessageId(UUID.randomUUID());
    }
}
