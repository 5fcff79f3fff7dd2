package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import io.r2dbc.spi.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Two nodes that write at once: what is decided after the lock, and what would go wrong before it. */
@Tag("write-3")
class AppendRaceIT {
    private static final int SINGLES = 1_200;
    private static final int BATCHES = 80;
    private static final int BATCH = 12;

    private static final String EARLY = """
            select * into v_early from user_conversations
                where conversation_id = p_conversations[1] and user_id = p_actors[1];
            """;

    private final World first = new World(Node.first());
    private final World second = new World(Node.second());
    private final UserId sender = first.user();
    private final List<ConversationId> conversations =
            Stream.generate(() -> first.group(sender)).limit(5).toList();

    @Test
    @Tag("log-1")
    @Tag("log-8")
    @Tag("always-2")
    @Tag("always-4")
    void aClientMessageIdOnTwoNodesAtOnceIsOneMessage() {
        Set<UUID> messages = new HashSet<>();

        Flux.range(0, SINGLES)
                .map(i -> List.of((MessageCommand) send(conversations.get(i % 5), sender, "single " + i)))
                .mergeWith(Flux.range(0, BATCHES).map(this::batch))
                .flatMap(this::race, 4)
                .doOnNext(stored -> stored.forEach(message ->
                        assertThat(messages.add(message.id().value())).isTrue()))
                .blockLast(TIMEOUT);

        assertThat(messages).hasSize(SINGLES + BATCHES * BATCH).hasSizeGreaterThan(2_000);
        first.areWhole(conversations, List.of(sender));
        assertThat(conversations.stream()
                        .mapToLong(id -> first.number("select head_seq from conversations where id = :id", id.value()))
                        .sum())
                .isEqualTo(messages.size());
    }

    /** Conversations in any order: the locks are taken in the order of their ids all the same. */
    private List<MessageCommand> batch(int number) {
        Random random = new Random(number);
        return IntStream.range(0, BATCH)
                .mapToObj(i -> (MessageCommand) send(conversations.get(random.nextInt(5)), sender, "text " + i))
                .toList();
    }

    /** The second node drafts the same messages anew, in another order. */
    private Mono<List<Message>> race(List<MessageCommand> batch) {
        List<MessageCommand> other = new ArrayList<>(batch);
        Collections.reverse(other);
        other.replaceAll(command -> World.again((Send) command));
        return Mono.zip(appended(first, batch), appended(second, other), (one, two) -> {
            List<MessageOutcome> reversed = new ArrayList<>(two);
            Collections.reverse(reversed);
            assertThat(messages(reversed)).isEqualTo(messages(one));
            for (int i = 0; i < one.size(); i++) {
                assertThat(Set.of(((Done) one.get(i)).appended(), ((Done) reversed.get(i)).appended()))
                        .as("one of them appended it, and the other did not")
                        .hasSize(2);
            }
            return messages(one);
        });
    }

    private static List<Message> messages(List<MessageOutcome> outcomes) {
        return outcomes.stream()
                .map(outcome -> ((Done) outcome).change().message())
                .toList();
    }

    /** As a lane does: a lock that took too long is tried for again. */
    private static Mono<List<MessageOutcome>> appended(World world, List<MessageCommand> batch) {
        return world.log
                .append(batch)
                .subscribeOn(Schedulers.parallel())
                .retryWhen(Retry.max(20).filter(BatchRefused.class::isInstance));
    }

    /** The same race can tell the difference: without the lock, pairs go wrong. */
    @Test
    @Tag("log-1")
    void withoutTheLockTheRaceGoesWrong() throws SQLException {
        Planted.variant("append_unlocked", AppendRaceIT::unlocked, statement -> {
            Long wrong = Flux.range(0, 200)
                    .map(i -> send(conversations.get(0), sender, "text " + i))
                    .flatMap(command -> unequal(statement, command), 4)
                    .filter(unequal -> unequal)
                    .count()
                    .block(TIMEOUT);
            assertThat(wrong).isPositive();
        });
    }

    private static String unlocked(String definition) {
        return definition.replace("for no key update", "");
    }

    private Mono<Boolean> unequal(String statement, Send command) {
        return Mono.zip(
                        items(first, statement, List.of(command)),
                        items(second, statement, List.of(World.again(command))),
                        (one, two) -> !one.equals(two))
                .onErrorReturn(true);
    }

    private static Mono<List<String>> items(World world, String statement, List<MessageCommand> batch) {
        return new MessageBatch(batch)
                .bind(world.client.sql(statement))
                .map(row -> String.valueOf(row.get("item")))
                .all()
                .collectList()
                .subscribeOn(Schedulers.parallel());
    }

    /** Without the time limit for locks, which hides a deadlock from the database: it looks for them after a second. */
    @Test
    void batchesOverTheSameConversationsDoNotDeadlock() throws SQLException {
        Planted.variant("append_patiently", AppendRaceIT::patient, statement -> assertThat(failures(statement))
                .isEmpty());
    }

    @Test
    void withLocksInAnyOrderTheyDo() throws SQLException {
        Planted.variant(
                "append_in_any_order",
                definition -> patient(definition)
                        .replace("order by id for no key update", "order by random() for no key update"),
                // Not in each crowd: on an idle machine some get by.
                statement -> Awaitility.await().atMost(TIMEOUT).until(() -> failures(statement)
                        .contains("40P01")));
    }

    private static String patient(String definition) {
        return definition.replace("'250ms'", "'0'");
    }

    /** The SQLSTATE of each batch that fails. */
    private List<String> failures(String statement) {
        return Flux.range(0, 40)
                .flatMap(
                        i -> items(i % 2 == 0 ? first : second, statement, batch(i))
                                .thenReturn("")
                                .onErrorResume(error -> Mono.just("failed " + PostgresMessageLog.state(error))),
                        4)
                .filter(state -> !state.isEmpty())
                .map(state -> state.substring("failed ".length()))
                .collectList()
                .blockOptional(TIMEOUT)
                .orElseThrow();
    }

    @Test
    @Tag("write-1")
    void whoIsRemovedWhileAWriterWaitsForTheLockWritesNothing() {
        UserId removed = first.user();
        ConversationId conversation = first.group(sender, removed);

        String status = await(removal(conversation, removed, MessageSql.APPEND));

        assertThat(status).isEqualTo("unknown_conversation");
        first.isWhole(conversation);
        assertThat(first.number("select head_seq from conversations where id = :id", conversation.value()))
                .isZero();
    }

    @Test
    @Tag("write-1")
    void ifMembersWereLookedAtBeforeTheLockTheyWould() throws SQLException {
        UserId removed = first.user();
        ConversationId conversation = first.group(sender, removed);

        Planted.variant(
                "append_early",
                definition -> definition
                        .replace("v_status       text;", "v_status text; v_early user_conversations;")
                        .replace("select coalesce(array_agg(id)", EARLY + " select coalesce(array_agg(id)")
                        .replace("p_actors[n], v_member,", "p_actors[n], v_early,"),
                statement -> assertThat(await(removal(conversation, removed, statement)))
                        .isEqualTo("done"));
    }

    /** Removes in an open transaction, lets the other node write, and commits once that waits for the lock. */
    private Mono<String> removal(ConversationId conversation, UserId removed, String statement) {
        Mono<String> writing = new MessageBatch(List.of(send(conversation, removed, "too late")))
                .bind(second.client.sql(statement))
                .map(row -> String.valueOf(row.get("status")))
                .all()
                .last();
        return Mono.usingWhen(
                first.pool.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(removed(connection, conversation, removed))
                        .then(Mono.zip(
                                writing,
                                waiting()
                                        .then(Mono.from(connection.commitTransaction()))
                                        .thenReturn(true)))
                        .map(both -> both.getT1()),
                connection -> Mono.from(connection.close()));
    }

    private Mono<Void> removed(Connection connection, ConversationId conversation, UserId removed) {
        return Flux.from(connection
                        .createStatement("select * from remove_member($1, $2, $3, $4)")
                        .bind(0, conversation.value())
                        .bind(1, sender.value())
                        .bind(2, removed.value())
                        .bind(3, now())
                        .execute())
                .concatMap(result -> result.map(row -> String.valueOf(row.get("status"))))
                .doOnNext(status -> assertThat(status).isEqualTo("ok"))
                .then();
    }

    /** Until somebody waits for a lock. */
    private Mono<Void> waiting() {
        return first.client
                .sql("select count(*) from pg_locks where not granted")
                .map(row -> row.get(0, Long.class))
                .one()
                .filter(waiters -> waiters > 0)
                .repeatWhenEmpty(1_000, tries -> tries)
                .then();
    }
}
