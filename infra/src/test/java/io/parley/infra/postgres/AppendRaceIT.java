package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.isRefused;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/** Two nodes that write at once: what is decided after the lock, and what would go wrong before it. */
class AppendRaceIT {
    private static final int SINGLES = 1_200;
    private static final int BATCHES = 80;
    private static final int BATCH = 12;

    private final World first = new World(Node.first());
    private final World second = new World(Node.second());
    private final UserId sender = first.user();
    private final List<ConversationId> conversations =
            Stream.generate(() -> first.group(sender)).limit(5).toList();

    @Test
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

    /** The same race can tell the difference: without the lock, most pairs go wrong. */
    @Test
    void withoutTheLockTheRaceGoesWrong() throws SQLException {
        planted("append_unlocked", definition -> definition.replace("for no key update", ""), statement -> {
            AtomicInteger wrong = new AtomicInteger();
            Flux.range(0, 200)
                    .map(i -> send(conversations.get(0), sender, "text " + i))
                    .flatMap(command -> planted(statement, command).doOnNext(equal -> {
                        if (!equal) {
                            wrong.incrementAndGet();
                        }
                    }))
                    .blockLast(TIMEOUT);
            assertThat(wrong).hasPositiveValue();
        });
    }

    private Mono<Boolean> planted(String statement, Send command) {
        return Mono.zip(
                        planted(first, statement, command),
                        planted(second, statement, World.again(command)),
                        Object::equals)
                .onErrorReturn(false);
    }

    private static Mono<String> planted(World world, String statement, MessageCommand command) {
        DatabaseClient client = world.client;
        return new MessageBatch(List.of(command))
                .bind(client.sql(statement))
                .map(row -> String.valueOf(row.get("item")))
                .one()
                .subscribeOn(Schedulers.parallel());
    }

    @Test
    void whoIsRemovedWhileAWriterWaitsForTheLockWritesNothing() {
        UserId removed = first.user();
        ConversationId conversation = first.group(sender, removed);

        // The removal holds the lock; the writer comes after it, with a snapshot in which it is not committed.
        MessageOutcome outcome = await(removal(conversation, removed));

        isRefused(outcome, ErrorCode.CONVERSATION_UNKNOWN);
        first.isWhole(conversation);
        assertThat(first.number("select head_seq from conversations where id = :id", conversation.value()))
                .isZero();
    }

    /** Removes in an open transaction, lets the other node write, and commits once that waits for the lock. */
    private Mono<MessageOutcome> removal(ConversationId conversation, UserId removed) {
        return Mono.usingWhen(
                first.pool.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(Flux.from(connection
                                        .createStatement("select * from remove_member($1, $2, $3, $4)")
                                        .bind(0, conversation.value())
                                        .bind(1, sender.value())
                                        .bind(2, removed.value())
                                        .bind(3, now())
                                        .execute())
                                .flatMap(result -> result.map(row -> row.get("status", String.class)))
                                .then())
                        .then(Mono.zip(
                                second.log.append(List.of(send(conversation, removed, "too late"))),
                                waiting()
                                        .then(Mono.from(connection.commitTransaction()))
                                        .thenReturn(true)))
                        .map(both -> both.getT1().get(0)),
                connection -> Mono.from(connection.close()));
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

    private interface Planted {
        void with(String statement);
    }

    /** A variant of the function under a name of its own, made by the role that owns the schema. */
    private static void planted(String name, Function<String, String> change, Planted test) throws SQLException {
        Map<String, String> settings = Servers.properties();
        String url = "jdbc:postgresql://" + settings.get("parley.postgres.address") + "/"
                + settings.get("parley.postgres.database");
        try (Connection connection = DriverManager.getConnection(
                        url, settings.get("parley.migration.user"), settings.get("parley.migration.password"));
                Statement statement = connection.createStatement()) {
            ResultSet found = statement.executeQuery("select pg_get_functiondef('append_messages'::regproc)");
            found.next();
            String definition = found.getString(1);
            String variant = change.apply(definition);
            assertThat(variant).isNotEqualTo(definition);
            statement.execute(variant.replace("append_messages", name));
            try {
                test.with(MessageSql.APPEND.replace("append_messages", name));
            } finally {
                statement.execute("drop function " + name);
            }
        }
    }
}
