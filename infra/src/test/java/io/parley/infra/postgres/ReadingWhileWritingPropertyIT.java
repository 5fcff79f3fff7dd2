package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.Role;
import io.parley.domain.conversation.Title;
import io.parley.domain.conversation.Written;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.Change;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.log.ItemKind;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.log.LogPage;
import io.parley.domain.log.LogReader;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Delete;
import io.parley.domain.message.MessageCommand.Edit;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Items change while somebody reads the compacted log page by page, and then hears every change from where the reading
 * ended: that ends where who saw every change is.
 */
@Tag("log-3")
@Tag("log-5")
class ReadingWhileWritingPropertyIT {
    private static final int WRITES = 80;
    private static final int READERS = 3;

    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final List<UserId> users = Stream.generate(world::user).limit(4).toList();
    private final UserId owner = users.get(0);
    private final ConversationId conversation = world.group(owner, users.toArray(UserId[]::new));
    private final List<LogId> logs = List.of(LogId.of(conversation), LogId.of(users.get(2)), LogId.of(users.get(3)));

    /** Every change of every log, as it was when it was made. */
    private final Map<LogId, NavigableMap<Long, Change>> made = new ConcurrentHashMap<>();

    private volatile boolean writing = true;

    @ParameterizedTest(name = "parley.seed={0}")
    @MethodSource("io.parley.infra.postgres.LogWriterPropertyIT#seeds")
    void pagesAndThenEveryChangeEndInTheStateOfAllChanges(long seed) {
        List<Read> reads = readWhileOthersWrite(seed, new Reading());

        assertThat(reads).hasSizeGreaterThan(READERS);
        assertThat(reads).allSatisfy(read -> assertThat(afterwards(read)).isEqualTo(state(read.log(), Long.MAX_VALUE)));
        for (LogId log : logs) {
            assertThat(made.get(log).keySet()).containsExactlyElementsOf(offsets(world.head(log)));
            assertThat(put(
                            new HashMap<>(),
                            await(other.logs.page(log, 0, LogReader.HEAD, 10_000))
                                    .changes()))
                    .as("everything, read at once")
                    .isEqualTo(state(log, Long.MAX_VALUE));
        }
    }

    /** Each says all of an item: no order is needed, and none harms. */
    @Test
    @Tag("log-2")
    void changesThatComeTwiceAndInAnyOrderEndInTheSameState() {
        readWhileOthersWrite(1, new Reading());

        for (LogId log : logs) {
            List<Change> changes = new ArrayList<>(made.get(log).values());
            changes.addAll(made.get(log).values());
            Collections.shuffle(changes, new Random(1));
            assertThat(put(new HashMap<>(), changes))
                    .isEqualTo(put(
                            new HashMap<>(),
                            await(other.logs.page(log, 0, LogReader.HEAD, 10_000))
                                    .changes()));
        }
    }

    @Test
    void whoMovesToTheHeadAfterAFullPageMissesChanges() {
        misses(new Reading() {
            @Override
            long next(LogPage page, long to, int limit) {
                return Math.min(to, page.head());
            }
        });
    }

    @Test
    void whoTakesTheHeadFromAnotherStatementMissesChanges() {
        misses(new Reading() {
            @Override
            Mono<LogPage> page(LogId log, long after, long to, int limit) {
                return super.page(log, after, to, limit)
                        .delayElement(Duration.ofMillis(5))
                        .flatMap(page -> other.logs
                                .heads(List.of(log))
                                .single()
                                .map(head -> new LogPage(page.changes(), head.head(), page.floor())));
            }
        });
    }

    private void misses(Reading reading) {
        List<Read> reads = readWhileOthersWrite(1, reading);

        assertThat(reads)
                .anySatisfy(read -> assertThat(afterwards(read)).isNotEqualTo(state(read.log(), Long.MAX_VALUE)));
    }

    private List<Read> readWhileOthersWrite(long seed, Reading reading) {
        logs.forEach(
                log -> note(await(world.logs.page(log, 0, LogReader.HEAD, 100)).changes()));
        Mono<Void> writers = Mono.when(
                        talk(users.get(0), new Random(seed * 31)),
                        talk(users.get(1), new Random(seed * 31 + 1)),
                        comeAndGo(new Random(seed * 31 + 2)))
                .doFinally(end -> writing = false);
        Flux<Read> readers =
                Flux.range(0, READERS).flatMap(i -> read(reading, logs.get(i), new Random(seed * 31 + 3 + i)), READERS);
        return Flux.merge(readers, writers.thenMany(Flux.<Read>empty()))
                .collectList()
                .block(TIMEOUT);
    }

    /** Says something, and changes what it said before: nobody else changes that. */
    private Mono<Void> talk(UserId sender, Random random) {
        List<Done> said = new ArrayList<>();
        return Flux.range(0, WRITES)
                .concatMap(i -> appended(words(sender, said, random)))
                .map(outcomes -> (Done) outcomes.get(0))
                .filter(Done::appended)
                .doOnNext(done -> note(List.of(done.change())))
                .doOnNext(said::add)
                .then();
    }

    /** As a lane does: a lock that took too long is tried for again. */
    private Mono<List<MessageOutcome>> appended(MessageCommand command) {
        return world.log
                .append(List.of(command))
                .subscribeOn(Schedulers.parallel())
                .retryWhen(Retry.max(20).filter(BatchRefused.class::isInstance));
    }

    private MessageCommand words(UserId sender, List<Done> said, Random random) {
        int what = said.isEmpty() ? 0 : random.nextInt(5);
        if (what < 2) {
            return send(conversation, sender, "text " + random.nextInt(99));
        }
        MessageChange known = said.get(random.nextInt(said.size())).change();
        boolean deleted = said.stream()
                .anyMatch(done ->
                        done.change().message().id().equals(known.message().id())
                                && done.change().message().body() == null);
        return what == 2 || deleted
                ? new Delete(conversation, sender, known.message().id(), now())
                : new Edit(
                        conversation,
                        sender,
                        known.message().id(),
                        new MessageBody("edited " + random.nextInt(99)),
                        now());
    }

    /** Changes members and the title: nobody else does. */
    private Mono<Void> comeAndGo(Random random) {
        return Flux.range(0, WRITES)
                .concatMap(i -> membership(users.get(2 + random.nextInt(2)), random)
                        .subscribeOn(Schedulers.parallel())
                        .map(Written::entries)
                        .onErrorReturn(ReadingWhileWritingPropertyIT::isRefused, List.of())
                        // Before the next: nothing of it has moved on.
                        .flatMapMany(world.logs::present))
                .doOnNext(change -> note(List.of(change)))
                .then();
    }

    private static boolean isRefused(Throwable error) {
        return error instanceof ChatException && !(error instanceof Unavailable);
    }

    private Mono<Written<ConversationId>> membership(UserId member, Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> world.conversations.remove(conversation, owner, member, now());
            case 1 -> world.conversations.add(conversation, owner, member, now());
            case 2 ->
                world.conversations.setRole(
                        conversation, owner, member, random.nextBoolean() ? Role.ADMIN : Role.MEMBER);
            default -> world.conversations.rename(conversation, owner, new Title("title " + random.nextInt(9)));
        };
    }

    private void note(List<Change> changes) {
        changes.forEach(change -> made.computeIfAbsent(change.entry().log(), log -> new ConcurrentSkipListMap<>())
                .put(change.entry().offset(), change));
    }

    /** Again and again as long as somebody writes: from any offset, up to any other, and then to the head. */
    private Flux<Read> read(Reading reading, LogId log, Random random) {
        return Mono.defer(() -> {
                    long known = made.get(log).lastKey();
                    long from = random.nextLong(known + 1);
                    long to = from + random.nextLong(known - from + 1);
                    return reading.upTo(new Read(log, from, List.of(), from), to, random)
                            .flatMap(read -> reading.upTo(read, LogReader.HEAD, random));
                })
                .repeat(() -> writing);
    }

    /** From what it held, by what it read, to what it heard from then on. */
    private Map<Item, Change> afterwards(Read read) {
        Map<Item, Change> state = put(state(read.log(), read.from()), read.changes());
        return put(state, made.get(read.log()).tailMap(read.end(), false).values());
    }

    private Map<Item, Change> state(LogId log, long upTo) {
        return put(new HashMap<>(), made.get(log).headMap(upTo, true).values());
    }

    private static Map<Item, Change> put(Map<Item, Change> state, Iterable<Change> changes) {
        changes.forEach(change -> state.merge(
                Item.of(change.entry()),
                change,
                (held, come) -> come.entry().offset() > held.entry().offset() ? come : held));
        return state;
    }

    private static List<Long> offsets(long head) {
        return LongStream.rangeClosed(1, head).boxed().toList();
    }

    private record Item(ItemKind kind, UUID id) {
        static Item of(LogEntry entry) {
            return new Item(entry.kind(), entry.item());
        }
    }

    /** What somebody read who held everything up to an offset, and where it stands then. */
    private record Read(LogId log, long from, List<Change> changes, long end) {
        Read and(LogPage page, long next) {
            List<Change> all = new ArrayList<>(changes);
            all.addAll(page.changes());
            return new Read(log, from, all, next);
        }
    }

    /** As a cursor reads; a test may do it otherwise. */
    private class Reading {
        Mono<LogPage> page(LogId log, long after, long to, int limit) {
            return other.logs.page(log, after, to, limit);
        }

        long next(LogPage page, long to, int limit) {
            return page.next(to, limit);
        }

        Mono<Read> upTo(Read read, long to, Random random) {
            int limit = 1 + random.nextInt(12);
            return page(read.log(), read.end(), to, limit)
                    .subscribeOn(Schedulers.parallel())
                    .flatMap(page -> {
                        Read more = read.and(page, next(page, to, limit));
                        return page.changes().size() < limit ? Mono.just(more) : upTo(more, to, random);
                    });
        }
    }
}
