package io.parley.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.ConversationRepository;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.NewConversation;
import io.parley.domain.conversation.Title;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Reason;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Delete;
import io.parley.domain.message.MessageCommand.Edit;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageHistory;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageLog;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.message.MessageOutcome.Refused;
import io.parley.domain.message.ReadPositions;
import io.parley.domain.personal.PrivateState;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.LongStream;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

/** One node's store with people and conversations to try it on, and the rules that hold for every log in it. */
final class World {
    static final Duration TIMEOUT = Duration.ofSeconds(60);

    final MessageLog log;
    final MessageHistory history;
    final ReadPositions positions;
    final PrivateState personal;
    final ConversationRepository conversations;
    final ConversationReader reader;
    final LogReader logs;
    final ConnectionPool pool;
    final DatabaseClient client;

    World(Node node) {
        log = node.get(MessageLog.class);
        history = node.get(MessageHistory.class);
        positions = node.get(ReadPositions.class);
        personal = node.get(PrivateState.class);
        conversations = node.get(ConversationRepository.class);
        reader = node.get(ConversationReader.class);
        logs = node.get(LogReader.class);
        pool = node.get(ConnectionPool.class);
        client = DatabaseClient.create(pool);
    }

    /** On an event loop, where BlockHound looks. */
    static <T> T await(Mono<T> asked) {
        return asked.subscribeOn(Schedulers.parallel()).block(TIMEOUT);
    }

    static <T> List<T> await(Flux<T> asked) {
        return await(asked.collectList());
    }

    static void refused(Mono<?> asked, ErrorCode code) {
        StepVerifier.create(asked.subscribeOn(Schedulers.parallel()))
                .expectErrorSatisfies(error -> assertThat(error)
                        .isInstanceOfSatisfying(ChatException.class, refusal -> assertThat(refusal.code())
                                .isEqualTo(code)))
                .verify(TIMEOUT);
    }

    UserId user() {
        UserId user = new UserId(UUID.randomUUID());
        String handle = "user-" + user.value();
        await(client.sql("insert into users values (:id, :handle, :handle, :name, now())")
                .bind("id", user.value())
                .bind("handle", handle)
                .bind("name", "Name of " + handle)
                .fetch()
                .rowsUpdated());
        return user;
    }

    ConversationId group(UserId owner, UserId... members) {
        return open(ConversationKind.GROUP, History.ALL, owner, members);
    }

    ConversationId open(ConversationKind kind, History history, UserId owner, UserId... members) {
        return await(conversations.create(wanted(kind, history, owner, UUID.randomUUID(), members)))
                .value();
    }

    static NewConversation wanted(ConversationKind kind, History history, UserId owner, UUID key, UserId... members) {
        ConversationId id = new ConversationId(UUID.randomUUID());
        return new NewConversation(id, owner, key, kind, new Title("title"), history, List.of(members), now());
    }

    MessageOutcome append(MessageCommand command) {
        return append(List.of(command)).get(0);
    }

    List<MessageOutcome> append(List<MessageCommand> batch) {
        return await(log.append(batch));
    }

    /** Sends and yields the stored message. */
    Done sent(ConversationId conversation, UserId sender, String text) {
        return (Done) append(send(conversation, sender, text));
    }

    static Send send(ConversationId conversation, UserId sender, String text) {
        return new Send(
                conversation,
                sender,
                new MessageId(UUID.randomUUID()),
                new ClientMessageId(UUID.randomUUID()),
                new MessageBody(text),
                now());
    }

    /** As another node drafts it when the client repeats itself there. */
    static Send again(Send first) {
        return new Send(
                first.conversation(),
                first.actor(),
                new MessageId(UUID.randomUUID()),
                first.clientMessageId(),
                first.body(),
                now().plusSeconds(1));
    }

    static Edit edit(Done message, UserId actor, String text) {
        return new Edit(
                message.change().message().conversation(),
                actor,
                message.change().message().id(),
                new MessageBody(text),
                now());
    }

    static Delete delete(Done message, UserId actor) {
        return new Delete(
                message.change().message().conversation(),
                actor,
                message.change().message().id(),
                now());
    }

    static void isRefused(MessageOutcome outcome, ErrorCode code) {
        assertThat(outcome).isInstanceOfSatisfying(Refused.class, refusal -> assertThat(
                        refusal.error().code())
                .isEqualTo(code));
    }

    static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }

    long number(String sql, UUID id) {
        return await(client.sql(sql)
                .bind("id", id)
                .map(row -> row.get(0, Long.class))
                .one());
    }

    long head(LogId log) {
        return await(logs.page(log, 0, LogReader.HEAD, 1)).head();
    }

    /** Every change that the log ever had, as the outbox got it: nothing takes it out of there in these tests. */
    List<LogEntry> changes(LogId log) {
        return entries("select * from outbox where log_id = :id order by log_offset", log);
    }

    private List<LogEntry> entries(String sql, LogId log) {
        return await(client.sql(sql)
                .bind("id", log.value())
                .map(row -> new LogEntry(
                        log,
                        row.get("log_offset", Long.class),
                        ItemKind.valueOf(row.get("kind", String.class).toUpperCase(Locale.ROOT)),
                        row.get("item", UUID.class),
                        Reason.valueOf(row.get("reason", String.class).toUpperCase(Locale.ROOT))))
                .all());
    }

    /** Offsets without holes up to the head, and in the compacted log each item once, at its latest change. */
    void isWhole(LogId log) {
        List<LogEntry> changes = changes(log);
        LinkedHashMap<List<Object>, LogEntry> latest = new LinkedHashMap<>();
        changes.forEach(change -> {
            latest.remove(List.<Object>of(change.kind(), change.item()));
            latest.put(List.of(change.kind(), change.item()), change);
        });
        assertThat(changes).extracting(LogEntry::offset).isEqualTo(upTo(head(log)));
        assertThat(entries("select * from log where log_id = :id order by log_offset", log))
                .isEqualTo(new ArrayList<>(latest.values()));
    }

    /** The same, and its messages are numbered and counted without holes, as are its members. */
    void isWhole(ConversationId conversation) {
        isWhole(LogId.of(conversation));
        UUID id = conversation.value();
        List<Long> seqs = await(client.sql("select seq from messages where conversation_id = :id order by seq")
                .bind("id", id)
                .map(row -> row.get(0, Long.class))
                .all());
        assertThat(seqs).isEqualTo(upTo(number("select head_seq from conversations where id = :id", id)));
        assertThat(number("select count(*) from messages where conversation_id = :id and count <> seq", id))
                .isZero();
        assertThat(number("select head_count - head_seq from conversations where id = :id", id))
                .isZero();
        assertThat(number("""
                        select member_count - (select count(*) from user_conversations
                            where conversation_id = :id and role is not null) from conversations where id = :id
                        """, id)).as("member_count").isZero();
    }

    /** The same of a user's log, and the user is in as many conversations as are counted. */
    void isWhole(UserId user) {
        isWhole(LogId.of(user));
        assertThat(number("""
                        select coalesce((select conversations from user_logs where user_id = :id), 0)
                            - (select count(*) from user_conversations where user_id = :id and role is not null)
                        """, user.value())).as("conversations").isZero();
    }

    void areWhole(Collection<ConversationId> conversations, Collection<UserId> users) {
        conversations.forEach(this::isWhole);
        users.forEach(this::isWhole);
    }

    private static List<Long> upTo(long head) {
        return LongStream.rangeClosed(1, head).boxed().toList();
    }

    /** While another transaction has done this, and has not committed. */
    <T> Mono<T> during(String sql, UUID id, Mono<T> action) {
        return Mono.usingWhen(
                pool.create(),
                connection -> Mono.from(connection.beginTransaction())
                        .then(Flux.from(connection
                                        .createStatement(sql)
                                        .bind(0, id)
                                        .execute())
                                .flatMap(result -> result.getRowsUpdated())
                                .then())
                        .then(action),
                connection -> Mono.from(connection.rollbackTransaction()).then(Mono.from(connection.close())));
    }
}
