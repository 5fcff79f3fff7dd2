package io.parley.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unavailable;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.Draft;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageRepository;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class PostgresMessageRepositoryIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final MessageRepository first = Node.first().get(MessageRepository.class);
    private final MessageRepository second = Node.second().get(MessageRepository.class);
    private final ConnectionPool pool = Node.first().get(ConnectionPool.class);

    @AfterEach
    void everyConnectionIsGivenBack() {
        awaitAllGivenBack();
    }

    @Test
    void aMessageReadsAsItWasAnswered() {
        Draft draft = draft("hello");

        Message stored = append(first, draft);

        assertThat(stored)
                .isEqualTo(new Message(head(), draft.id(), draft.clientMessageId(), draft.body(), draft.postedAt()));
        StepVerifier.create(second.find(draft.id()))
                .expectNext(stored)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 \uD83C\uDDEA\uD83C\uDDFA",
                "\u05E9\u05DC\u05D5\u05DD \u0645\u0631\u062D\u0628\u0627 \u202Eabc\u202C",
                "cafe\u0301 is not caf\u00E9",
                "Z\u0351\u036B\u0343\u036A\u0302",
                "'; drop table lobby_messages; -- :id $1 \\ %s",
                "one\n\n\ttwo",
                "\uFEFFmarked",
                "\uFFFF \u0378"
            })
    void everyTextComesBackAsItIs(String text) {
        Draft draft = draft(text);

        append(first, draft);

        StepVerifier.create(first.find(draft.id()).map(message -> message.body().text()))
                .expectNext(text)
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void theLongestTextFits() {
        Draft draft = draft("\uD83D\uDE00".repeat(MessageBody.MAX_LENGTH));

        assertThat(append(first, draft).body()).isEqualTo(draft.body());
    }

    @Test
    void assemblingDoesNothing() {
        long before = head();
        Draft draft = draft("never");

        assertThat(first.append(draft)).isNotNull();
        assertThat(first.history(new HistoryPage(1, 1))).isNotNull();
        assertThat(first.find(draft.id())).isNotNull();

        assertThat(head()).isEqualTo(before);
        isUnknown(draft.id());
    }

    @Test
    void aCrowdOnTwoNodesLeavesNoHolesAndCommitsInOrder() {
        int count = 800;
        long before = head();

        // At most as many wait for a connection as get one within the acquire timeout.
        List<Message> stored = Flux.range(0, count)
                .flatMap(i -> node(i).append(draft("message " + i)).subscribeOn(Schedulers.parallel()), 8)
                .collectList()
                .block(TIMEOUT);

        assertThat(stored)
                .extracting(Message::offset)
                .containsExactlyInAnyOrderElementsOf(range(before + 1, before + count));
        assertThat(head()).isEqualTo(before + count);
    }

    /** Whoever sees an offset sees all lower ones: commit order is offset order. */
    @Test
    void aReaderNeverSeesAHole() {
        long before = head();
        Flux<Message> writing = Flux.range(0, 300).flatMap(i -> node(i).append(draft("message " + i)), 8);
        Flux<List<Long>> reading = first.history(new HistoryPage(HistoryPage.NEWEST, 200))
                .map(Message::offset)
                .filter(offset -> offset > before)
                .collectList()
                .repeat();

        StepVerifier.create(reading.takeUntilOther(writing.then()))
                .thenConsumeWhile(
                        offsets -> true, offsets -> assertThat(offsets).isEqualTo(downFrom(offsets)))
                .expectComplete()
                .verify(TIMEOUT);
    }

    @Test
    void aRepeatYieldsTheFirstMessage() {
        Draft draft = draft("hello");
        Message stored = append(first, draft);

        assertThat(append(first, draft)).isEqualTo(stored);
        assertThat(append(second, again(draft))).isEqualTo(stored);
        assertThat(head()).isEqualTo(stored.offset());
    }

    @Test
    void twoNodesThatRaceWithOneClientMessageIdStoreOneMessage() {
        int pairs = 300;
        long before = head();

        List<Message> stored = Flux.range(0, pairs)
                .map(i -> draft("pair " + i))
                .flatMap(this::race, 4)
                .collectList()
                .block(TIMEOUT);

        assertThat(stored)
                .extracting(Message::offset)
                .containsExactlyInAnyOrderElementsOf(range(before + 1, before + pairs));
        assertThat(head()).isEqualTo(before + pairs);
    }

    private Mono<Message> race(Draft draft) {
        return Mono.zip(
                        first.append(draft).subscribeOn(Schedulers.parallel()),
                        second.append(again(draft)).subscribeOn(Schedulers.parallel()))
                .doOnNext(both -> assertThat(both.getT1()).isEqualTo(both.getT2()))
                .map(both -> both.getT1());
    }

    @Test
    void aClientMessageIdWithAnotherTextIsAConflict() {
        Draft draft = draft("hello");
        Message stored = append(first, draft);
        Draft other = new Draft(id(), draft.clientMessageId(), new MessageBody("good-bye"), draft.postedAt());

        StepVerifier.create(second.append(other))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(Conflict.class, conflict -> assertThat(conflict.code())
                                .isEqualTo(ErrorCode.MESSAGE_ID_REUSED)))
                .verify(TIMEOUT);
        assertThat(head()).isEqualTo(stored.offset());
    }

    @Test
    void historyIsReadInPagesNewestFirst() {
        long before = head();
        Flux.range(0, 7).concatMap(i -> first.append(draft("message " + i))).blockLast(TIMEOUT);

        assertThat(offsets(new HistoryPage(HistoryPage.NEWEST, 3))).containsExactly(before + 7, before + 6, before + 5);
        assertThat(offsets(new HistoryPage(before + 5, 2))).containsExactly(before + 4, before + 3);
        assertThat(offsets(new HistoryPage(before + 2, 1))).containsExactly(before + 1);
        assertThat(offsets(new HistoryPage(1, 200))).isEmpty();
    }

    @Test
    void anUnknownMessageIsNotFound() {
        isUnknown(id());
    }

    /** While the row of the lobby is locked, so that the append cannot be over before it is cancelled. */
    @Test
    void cancellingGivesTheConnectionBack() {
        Draft draft = draft("cancelled, or not");
        Mono<Void> cancelling = Mono.defer(() -> {
            Disposable appending = first.append(draft).subscribe();
            return Mono.delay(Duration.ofMillis(300))
                    .doOnNext(late -> appending.dispose())
                    .then();
        });

        StepVerifier.create(whileLocked(cancelling)).expectComplete().verify(TIMEOUT);

        awaitAllGivenBack();
        assertThat(append(first, draft).id()).as("repeated").isEqualTo(draft.id());
    }

    @Test
    void aHistoryThatIsNotReadToTheEndGivesTheConnectionBack() {
        Flux.range(0, 5).concatMap(i -> first.append(draft("message " + i))).blockLast(TIMEOUT);
        for (int i = 0; i < 20; i++) {
            StepVerifier.create(first.history(new HistoryPage(HistoryPage.NEWEST, 200)), 1)
                    .expectNextCount(1)
                    .thenCancel()
                    .verify(TIMEOUT);
        }
        awaitAllGivenBack();
    }

    @Test
    void whileTheDatabaseIsAwayTheStoreIsUnavailableAndAfterwardsItWorks() {
        Draft draft = draft("before");
        Message stored = append(first, draft);

        Servers.withoutKilled(EmbeddedServer.POSTGRES, () -> {
            isUnavailable(first.append(draft("meanwhile")));
            isUnavailable(first.history(new HistoryPage(HistoryPage.NEWEST, 1)).next());
            isUnavailable(second.find(draft.id()));
        });

        // A pool learns that a connection died when it hands it out: one failure for each that it held.
        Awaitility.await()
                .atMost(TIMEOUT)
                .ignoreExceptionsInstanceOf(Unavailable.class)
                .until(() -> findTogether(first, draft.id()) && findTogether(second, draft.id()));
        assertThat(append(first, again(draft))).isEqualTo(stored);
        assertThat(append(first, draft("after")).offset()).as("no hole").isEqualTo(stored.offset() + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table mine (id int)",
                "create temporary table mine (id int) on commit drop; alter table lobby add column mine int",
                "drop table lobby_messages",
                "truncate lobby_messages",
                "drop function append_lobby_message",
                "delete from flyway_schema_history",
                "create schema mine"
            })
    void theApplicationsRoleCannotChangeTheSchema(String statement) {
        StepVerifier.create(DatabaseClient.create(pool).sql(statement).then())
                .expectErrorSatisfies(error -> assertThat(error)
                        .rootCause()
                        .isInstanceOfSatisfying(R2dbcException.class, refused -> assertThat(refused.getSqlState())
                                .isEqualTo("42501")))
                .verify(TIMEOUT);
    }

    @Test
    void anotherNodeThatStartsChangesNothing() {
        Message stored = append(first, draft("hello"));
        List<String> schema = schema();

        try (Node third = Node.start()) {
            assertThat(append(third.get(MessageRepository.class), draft("from the third"))
                            .offset())
                    .isEqualTo(stored.offset() + 1);
        }

        assertThat(schema()).isEqualTo(schema).hasSizeGreaterThan(5);
    }

    /** More at once than the pool has connections, so that all of them are used. */
    private static boolean findTogether(MessageRepository repository, MessageId id) {
        return Flux.range(0, 16).flatMap(i -> repository.find(id), 16).count().block(TIMEOUT) == 16;
    }

    /** Tables with their columns, and the migrations that were run. */
    private List<String> schema() {
        return DatabaseClient.create(pool)
                .sql("select table_name || '.' || column_name || ' ' || data_type from information_schema.columns"
                        + " where table_schema = 'public'"
                        + " union all select version || ' ' || installed_on from flyway_schema_history order by 1")
                .map(row -> String.valueOf(row.get(0, String.class)))
                .all()
                .collectList()
                .block(TIMEOUT);
    }

    private <T> Mono<T> whileLocked(Mono<T> action) {
        return Mono.usingWhen(
                Node.second().get(ConnectionPool.class).create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(Flux.from(connection
                                        .createStatement("select head_offset from lobby for update")
                                        .execute())
                                .flatMap(result -> result.map(row -> String.valueOf(row.get(0))))
                                .then())
                        .then(action),
                connection -> Mono.from(connection.rollbackTransaction()).then(Mono.from(connection.close())));
    }

    private void awaitAllGivenBack() {
        Awaitility.await().atMost(TIMEOUT).untilAsserted(() -> assertThat(
                        pool.getMetrics().orElseThrow().acquiredSize())
                .as("connections in use")
                .isZero());
    }

    private void isUnknown(MessageId id) {
        StepVerifier.create(first.find(id))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(NotFound.class, unknown -> assertThat(unknown.code())
                                .isEqualTo(ErrorCode.MESSAGE_UNKNOWN)))
                .verify(TIMEOUT);
    }

    private static void isUnavailable(Mono<Message> asked) {
        StepVerifier.create(asked)
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(Unavailable.class, away -> assertThat(away.code())
                                .isEqualTo(ErrorCode.STORE_UNAVAILABLE)))
                .verify(TIMEOUT);
    }

    private MessageRepository node(int number) {
        return number % 2 == 0 ? first : second;
    }

    private static Message append(MessageRepository repository, Draft draft) {
        return repository.append(draft).subscribeOn(Schedulers.parallel()).block(TIMEOUT);
    }

    private long head() {
        return DatabaseClient.create(pool)
                .sql("select head_offset from lobby")
                .map(row -> row.get(0, Long.class))
                .one()
                .block(TIMEOUT);
    }

    private List<Long> offsets(HistoryPage page) {
        return first.history(page).map(Message::offset).collectList().block(TIMEOUT);
    }

    private static List<Long> range(long from, long to) {
        return LongStream.rangeClosed(from, to).boxed().toList();
    }

    private static List<Long> downFrom(List<Long> offsets) {
        return LongStream.range(0, offsets.size())
                .mapToObj(i -> offsets.get(0) - i)
                .toList();
    }

    private static Draft draft(String text) {
        return new Draft(id(), new ClientMessageId(UUID.randomUUID()), new MessageBody(text), now());
    }

    /** As another node drafts it when the client repeats itself there. */
    private static Draft again(Draft draft) {
        return new Draft(id(), draft.clientMessageId(), draft.body(), now().plusSeconds(1));
    }

    private static MessageId id() {
        return new MessageId(UUID.randomUUID());
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
