package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.send;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.ConversationRepository;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.Role;
import io.parley.domain.conversation.Title;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.Unavailable;
import io.parley.domain.log.LogEntry;
import io.parley.domain.log.LogId;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageCommand.Delete;
import io.parley.domain.message.MessageCommand.Edit;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageLog.BatchRefused;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import io.r2dbc.spi.R2dbcException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Everybody writes everything at once, on two nodes: no deadlock, no hole, and every change is told to who made it. */
@Tag("write-3")
class MixedWritersIT {
    private static final int WRITERS = 6;
    private static final int WRITES = 120;

    private final World first = new World(Node.first());
    private final World second = new World(Node.second());
    private final List<UserId> users = Stream.generate(first::user).limit(6).toList();
    private final List<ConversationId> conversations = new ArrayList<>(IntStream.range(0, 3)
            .mapToObj(i -> first.open(
                    i == 0 ? ConversationKind.CHANNEL : ConversationKind.GROUP,
                    i == 1 ? History.JOINED : History.ALL,
                    users.get(i),
                    users.toArray(UserId[]::new)))
            .toList());
    private final Queue<MessageId> messages = new ConcurrentLinkedQueue<>();
    private final Queue<LogEntry> told = new ConcurrentLinkedQueue<>();
    private final AtomicInteger refused = new AtomicInteger();

    @ParameterizedTest
    @Tag("log-1")
    @Tag("always-2")
    @ValueSource(longs = {1, 2})
    void writersNeitherDeadlockNorLeaveHoles(long seed) {
        Set<LogEntry> before = written();

        Flux.range(0, WRITERS)
                .flatMap(writer -> writes(new Random(seed * 100 + writer)), WRITERS)
                .then()
                .block(TIMEOUT);

        Set<LogEntry> now = written();
        now.removeAll(before);
        assertThat(new HashSet<>(told)).as("entries told").isEqualTo(now).hasSizeGreaterThan(WRITERS * WRITES);
        assertThat(told).doesNotHaveDuplicates();
        assertThat(refused).as("some of it was not allowed").hasPositiveValue();
        first.areWhole(conversations, users);
    }

    private Set<LogEntry> written() {
        return Stream.concat(
                        conversations.stream().map(LogId::of), users.stream().map(LogId::of))
                .flatMap(log -> first.changes(log).stream())
                .collect(HashSet::new, Set::add, Set::addAll);
    }

    private Mono<Void> writes(Random random) {
        return Flux.range(0, WRITES)
                .concatMap(i ->
                        write(random.nextBoolean() ? first : second, random).subscribeOn(Schedulers.parallel()))
                .then();
    }

    private Mono<Void> write(World world, Random random) {
        return random.nextInt(3) == 0 ? membership(world.conversations, random) : batch(world, random);
    }

    private Mono<Void> batch(World world, Random random) {
        List<MessageCommand> batch = IntStream.rangeClosed(0, random.nextInt(8))
                .mapToObj(i -> command(random))
                .toList();
        return world.log
                .append(batch)
                .doOnNext(outcomes -> outcomes.forEach(this::note))
                .then()
                .onErrorResume(BatchRefused.class, MixedWritersIT::lockedForTooLong);
    }

    private void note(MessageOutcome outcome) {
        if (!(outcome instanceof Done done)) {
            refused.incrementAndGet();
        } else if (done.appended()) {
            told.add(done.change().entry());
            messages.add(done.change().message().id());
        }
    }

    /** Not a deadlock, and nothing that the tables refused. */
    private static Mono<Void> lockedForTooLong(BatchRefused refusal) {
        return Mono.fromRunnable(
                () -> assertThat(refusal).rootCause().isInstanceOfSatisfying(R2dbcException.class, cause -> assertThat(
                                cause.getSqlState())
                        .isEqualTo("55P03")));
    }

    private MessageCommand command(Random random) {
        ConversationId conversation = any(conversations, random);
        UserId user = any(users, random);
        MessageId known = messages.peek();
        int kind = known == null ? 0 : random.nextInt(5);
        if (kind == 1) {
            return new Edit(
                    conversation,
                    user,
                    known,
                    send(conversation, user, "v" + random.nextInt(9)).body(),
                    now());
        } else if (kind == 2) {
            return new Delete(conversation, user, messages.remove(), now());
        }
        return send(conversation, user, "text");
    }

    private Mono<Void> membership(ConversationRepository repository, Random random) {
        ConversationId id = any(conversations, random);
        UserId actor = any(users, random);
        UserId user = any(users, random);
        var written =
                switch (random.nextInt(7)) {
                    case 0 -> repository.join(id, user, now());
                    case 1 -> repository.remove(id, actor, user, now());
                    case 2 -> repository.setRole(id, actor, user, any(List.of(Role.values()), random));
                    case 3 -> repository.rename(id, actor, new Title("title " + random.nextInt(99)));
                    case 4 -> repository.remove(id, user, user, now());
                    default -> repository.add(id, actor, user, now());
                };
        return written.doOnNext(done -> told.addAll(done.entries()))
                .then()
                .onErrorResume(
                        error -> error instanceof ChatException && !(error instanceof Unavailable),
                        error -> Mono.fromRunnable(refused::incrementAndGet));
    }

    private static <T> T any(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** People who open conversations with each other at the same time lock many logs each, in any order. */
    @Test
    void openingConversationsWithTheSamePeopleDoesNotDeadlock() {
        List<UserId> fresh = Stream.generate(first::user).limit(12).toList();

        List<ConversationId> opened = Flux.range(0, 60)
                .flatMap(
                        i -> {
                            List<UserId> members = new ArrayList<>(fresh);
                            Collections.shuffle(members, new Random(i));
                            return (i % 2 == 0 ? first : second)
                                    .conversations
                                    .create(World.wanted(
                                            ConversationKind.GROUP,
                                            History.ALL,
                                            members.get(0),
                                            UUID.randomUUID(),
                                            members.subList(1, 8).toArray(UserId[]::new)))
                                    .subscribeOn(Schedulers.parallel());
                        },
                        6)
                .map(written -> written.value())
                .collectList()
                .block(TIMEOUT);

        first.areWhole(opened, fresh);
    }
}
