package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.again;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogReader;
import io.parley.domain.log.Reason;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.LogWriter;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Delete;
import io.parley.domain.message.MessageCommand.Edit;
import io.parley.domain.message.MessageCommand.Send;
import io.parley.domain.message.MessageId;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Two nodes write what comes to mind, with repeats at both, and somebody is removed meanwhile: what is assigned has no
 * holes, each message is one, and every answer is what is stored. Invariants I3, I5, I7 and I11 of the writer.
 */
@Tag("log-1")
@Tag("always-2")
class LogWriterPropertyIT {
    private static final int STEPS = 40;
    private static final int PIPELINED = 5;

    private final World first = new World(Node.first());
    private final World second = new World(Node.second());
    private final UserId owner = first.user();
    private final UserId leaver = first.user();
    private final List<UserId> senders = Stream.generate(first::user).limit(4).toList();
    private final List<ConversationId> conversations =
            Stream.generate(this::conversation).limit(3).toList();
    private final Queue<MessageChange> acks = new ConcurrentLinkedQueue<>();
    private final Queue<Send> sent = new ConcurrentLinkedQueue<>();
    private final Queue<LogEntry> removals = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();

    private ConversationId conversation() {
        return first.group(
                owner, Stream.concat(senders.stream(), Stream.of(leaver)).toArray(UserId[]::new));
    }

    /** One seed with {@code -Dparley.seed}. */
    static LongStream seeds() {
        Long wanted = Long.getLong("parley.seed");
        return wanted == null ? LongStream.of(1, 2, 3, System.nanoTime()) : LongStream.of(wanted);
    }

    @ParameterizedTest(name = "parley.seed={0}")
    @MethodSource("seeds")
    void whatConcurrentNodesAssignHasNoHolesAndEveryAnswerIsWhatIsStored(long seed) {
        Writing.with(first.log, one -> Writing.with(second.log, two -> run(List.of(one, two), seed)));

        conversations.forEach(this::isWholeAndAcknowledged);
        assertThat(refused).as("sends after the removal").hasPositiveValue();
    }

    private Boolean run(List<LogWriter> nodes, long seed) {
        List<Mono<Void>> writers = new ArrayList<>();
        for (int i = 0; i < senders.size(); i++) {
            writers.add(talk(nodes, senders.get(i), new Random(seed * 31 + i)));
        }
        writers.add(leaverTalks(nodes, new Random(seed * 31 - 1)));
        writers.add(removals(new Random(seed * 31 - 2)));
        return Flux.fromIterable(writers)
                .flatMap(writer -> writer.subscribeOn(Schedulers.parallel()), writers.size())
                .then(Mono.just(true))
                .block(TIMEOUT);
    }

    private Mono<Void> talk(List<LogWriter> nodes, UserId sender, Random random) {
        List<MessageChange> own = new ArrayList<>();
        return Flux.range(0, STEPS)
                .concatMap(step -> step(nodes, sender, own, random))
                .then(Mono.fromRunnable(() -> inOrder(own)));
    }

    /** Each began after the one before it was acknowledged: I7. */
    private static void inOrder(List<MessageChange> own) {
        own.stream()
                .collect(Collectors.groupingBy(ack -> ack.entry().log()))
                .values()
                .forEach(acks -> assertThat(
                                acks.stream().map(ack -> ack.message().seq()))
                        .isSorted()
                        .doesNotHaveDuplicates());
    }

    private Mono<Void> step(List<LogWriter> nodes, UserId sender, List<MessageChange> own, Random random) {
        LogWriter node = any(nodes, random);
        ConversationId conversation = any(conversations, random);
        MessageChange known = own.isEmpty() ? null : any(own, random);
        int what = known == null ? 0 : random.nextInt(10);
        return switch (what) {
            case 0, 1, 2 ->
                write(node, send(conversation, sender, "text"))
                        .doOnNext(own::add)
                        .then();
            case 3, 4 ->
                pipelined(node, conversation, sender).doOnNext(own::addAll).then();
            case 5, 6 ->
                atBoth(nodes, send(conversation, sender, "twice"))
                        .doOnNext(own::add)
                        .then();
            case 7 -> repeated(node, known);
            case 8 ->
                write(node, new Edit(conversation(known), sender, id(known), new MessageBody("v" + what), now()))
                        .onErrorComplete(error -> isCode(error, ErrorCode.MESSAGE_DELETED))
                        .then();
            default ->
                write(node, new Delete(conversation(known), sender, id(known), now()))
                        .then();
        };
    }

    /** Without waiting for answers: they keep the order in which they were sent. */
    private Mono<List<MessageChange>> pipelined(LogWriter node, ConversationId conversation, UserId sender) {
        return Flux.range(0, PIPELINED)
                .map(i -> send(conversation, sender, "pipelined " + i))
                .flatMapSequential(command -> write(node, command), PIPELINED)
                .collectList()
                .doOnNext(LogWriterPropertyIT::inOrder);
    }

    private Mono<MessageChange> atBoth(List<LogWriter> nodes, Send command) {
        return Mono.zip(write(nodes.get(0), command), write(nodes.get(1), again(command)), (one, two) -> {
            assertThat(two).isEqualTo(one);
            return one;
        });
    }

    private Mono<Void> repeated(LogWriter node, MessageChange known) {
        Send send = sent.stream()
                .filter(command ->
                        command.clientMessageId().equals(known.message().clientMessageId()))
                .findFirst()
                .orElseThrow();
        return write(node, again(send))
                .doOnNext(ack -> {
                    assertThat(id(ack)).isEqualTo(id(known));
                    assertThat(ack.message().seq()).isEqualTo(known.message().seq());
                })
                .then();
    }

    /** Says something until it is no longer a member anywhere. */
    private Mono<Void> leaverTalks(List<LogWriter> nodes, Random random) {
        return Flux.range(0, 10 * STEPS)
                .concatMap(i -> leaverSays(any(nodes, random), any(conversations, random)))
                .then();
    }

    private Mono<Void> leaverSays(LogWriter node, ConversationId conversation) {
        return Mono.defer(() -> {
            boolean removed = removals.stream().anyMatch(entry -> entry.log().equals(LogId.of(conversation)));
            return write(node, send(conversation, leaver, "still here"))
                    .doOnNext(ack ->
                            assertThat(removed).as("removed before it began").isFalse())
                    .onErrorComplete(
                            error -> isCode(error, ErrorCode.CONVERSATION_UNKNOWN) && refused.incrementAndGet() > 0)
                    .then();
        });
    }

    private Mono<Void> removals(Random random) {
        return Flux.fromIterable(conversations)
                .concatMap(id -> Mono.delay(Duration.ofMillis(random.nextInt(150)))
                        .then(second.conversations.remove(id, owner, leaver, now())))
                .doOnNext(written -> removals.addAll(written.entries()))
                .then();
    }

    /** As a client does: an unknown outcome is asked for by the same message. */
    private Mono<MessageChange> write(LogWriter node, MessageCommand command) {
        if (command instanceof Send send) {
            sent.add(send);
        }
        return node.lane(command.conversation())
                .write(command)
                .retryWhen(Retry.backoff(10, Duration.ofMillis(50)).filter(Unavailable.class::isInstance))
                .doOnNext(acks::add);
    }

    private void isWholeAndAcknowledged(ConversationId conversation) {
        LogId log = LogId.of(conversation);
        first.isWhole(conversation);
        Map<Long, MessageChange> byOffset = new HashMap<>();
        acks.stream().filter(ack -> ack.entry().log().equals(log)).forEach(ack -> assertThat(
                        byOffset.merge(ack.entry().offset(), ack, (one, two) -> one))
                .as("all answers with this offset")
                .isEqualTo(ack));
        List<LogEntry> changes = first.changes(log);
        assertThat(changes.stream().filter(entry -> entry.kind() == ItemKind.MESSAGE))
                .as("every change was told to who made it, and nothing else was")
                .containsExactlyInAnyOrderElementsOf(
                        byOffset.values().stream().map(MessageChange::entry).toList());
        stored(log).forEach(change -> assertThat(byOffset.get(change.entry().offset()))
                .isEqualTo(change));
        isOneMessageEach(byOffset);
        nobodySpeaksAfterTheirRemoval(log, changes, byOffset);
    }

    private List<MessageChange> stored(LogId log) {
        return await(first.logs.page(log, 0, LogReader.HEAD, 10_000)).changes().stream()
                .filter(MessageChange.class::isInstance)
                .map(MessageChange.class::cast)
                .toList();
    }

    private static void isOneMessageEach(Map<Long, MessageChange> byOffset) {
        Map<ClientMessageId, List<MessageId>> ids = byOffset.values().stream()
                .map(MessageChange::message)
                .collect(Collectors.groupingBy(
                        Message::clientMessageId, Collectors.mapping(Message::id, Collectors.toList())));
        assertThat(ids.values()).allSatisfy(same -> assertThat(same).containsOnly(same.get(0)));
    }

    private void nobodySpeaksAfterTheirRemoval(LogId log, List<LogEntry> changes, Map<Long, MessageChange> byOffset) {
        long removal = changes.stream()
                .filter(entry -> entry.reason() == Reason.REMOVED)
                .mapToLong(LogEntry::offset)
                .findFirst()
                .orElseThrow();
        assertThat(byOffset.values().stream()
                        .filter(ack -> ack.message().sender().equals(leaver))
                        .map(ack -> ack.entry().offset()))
                .as("what the leaver said in %s", log)
                .allSatisfy(offset -> assertThat(offset).isLessThan(removal));
    }

    private static boolean isCode(Throwable error, ErrorCode code) {
        return error instanceof ChatException refusal && refusal.code() == code;
    }

    private static MessageId id(MessageChange change) {
        return change.message().id();
    }

    private static ConversationId conversation(MessageChange change) {
        return change.message().conversation();
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }
}
