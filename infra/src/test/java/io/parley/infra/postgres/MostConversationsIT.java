package io.parley.infra.postgres;

import static io.parley.infra.postgres.World.TIMEOUT;
import static io.parley.infra.postgres.World.await;
import static io.parley.infra.postgres.World.now;
import static io.parley.infra.postgres.World.refused;
import static io.parley.infra.postgres.World.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationKind;
import io.parley.domain.conversation.History;
import io.parley.domain.conversation.NewConversation;
import io.parley.domain.conversation.Role;
import io.parley.domain.conversation.Written;
import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.log.LogId;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Nobody gets into more than 10,000 conversations, by whatever way and on however many nodes at once. */
@Tag("bound")
class MostConversationsIT {
    private static final int MOST = 10_000;

    private final World world = new World(Node.first());
    private final World other = new World(Node.second());
    private final UserId owner = world.user();
    private final UserId busy = world.user();

    /** As if there were so many more: the rest of what is counted is real. */
    private void isInAlready(UserId user, long conversations) {
        await(world.client
                .sql("insert into user_logs (user_id, conversations) values (:id, :n)"
                        + " on conflict (user_id) do update set conversations = :n")
                .bind("id", user.value())
                .bind("n", conversations)
                .fetch()
                .rowsUpdated());
    }

    private long counted(UserId user) {
        return world.number("select conversations from user_logs where user_id = :id", user.value());
    }

    @Test
    void theLastOneIsLetInAndTheNextIsNot() {
        isInAlready(busy, MOST - 1);
        ConversationId last = channel();
        ConversationId next = channel();

        await(world.conversations.join(last, busy, now()));
        long head = world.head(LogId.of(next));

        refused(world.conversations.join(next, busy, now()), ErrorCode.CONVERSATIONS_TOO_MANY);
        refused(world.conversations.add(next, owner, busy, now()), ErrorCode.CONVERSATIONS_TOO_MANY);
        refused(world.conversations.openDirect(busy, owner, now()), ErrorCode.CONVERSATIONS_TOO_MANY);
        refused(world.conversations.openDirect(owner, busy, now()), ErrorCode.CONVERSATIONS_TOO_MANY);
        refused(create(busy, owner), ErrorCode.CONVERSATIONS_TOO_MANY);
        refused(create(owner, busy), ErrorCode.CONVERSATIONS_TOO_MANY);
        assertThat(counted(busy)).isEqualTo(MOST);
        assertThat(world.head(LogId.of(next))).isEqualTo(head);
        assertThat(world.head(LogId.of(busy))).as("only the last is told").isOne();
        world.isWhole(next);
    }

    @Test
    void whatIsRefusedLeavesNothingBehind() {
        isInAlready(busy, MOST);
        NewConversation wanted = wanted(ConversationKind.GROUP, History.ALL, owner, UUID.randomUUID(), busy);

        refused(world.conversations.create(wanted), ErrorCode.CONVERSATIONS_TOO_MANY);
        isInAlready(busy, MOST - 1);

        assertThat(await(world.conversations.create(wanted)).entries())
                .as("the key is free, and so are both")
                .hasSize(5);
        world.isWhole(owner);
    }

    @Test
    void whoeverLeavesOneFindsRoomForAnother() {
        ConversationId first = channel();
        await(world.conversations.join(first, busy, now()));
        isInAlready(busy, MOST);

        await(world.conversations.remove(first, busy, busy, now()));
        await(world.conversations.join(channel(), busy, now()));

        refused(world.conversations.join(first, busy, now()), ErrorCode.CONVERSATIONS_TOO_MANY);
    }

    @Test
    void whatOneIsInAlreadyIsFoundAgainAndChanged() {
        NewConversation mine = wanted(ConversationKind.GROUP, History.ALL, busy, UUID.randomUUID(), owner);
        await(world.conversations.create(mine));
        ConversationId direct =
                await(world.conversations.openDirect(busy, owner, now())).value();
        isInAlready(busy, MOST);

        assertThat(await(world.conversations.create(mine)).value()).isEqualTo(mine.id());
        assertThat(await(world.conversations.openDirect(owner, busy, now())).value())
                .isEqualTo(direct);
        assertThat(await(world.conversations.join(mine.id(), busy, now())).entries())
                .isEmpty();
        await(world.conversations.setRole(mine.id(), busy, owner, Role.OWNER));
        assertThat(counted(busy)).isEqualTo(MOST);
    }

    @Test
    void ofManyWaysInAtOnceOnTwoNodesOneIsTaken() {
        for (int round = 0; round < 10; round++) {
            UserId racing = world.user();
            isInAlready(racing, MOST - 1);
            List<ConversationId> channels =
                    IntStream.range(0, 6).mapToObj(i -> channel()).toList();

            List<Integer> entries = Flux.fromIterable(channels)
                    .index()
                    .flatMap(
                            channel -> entered((channel.getT1() % 2 == 0 ? world : other)
                                    .conversations.join(channel.getT2(), racing, now())),
                            channels.size())
                    .collectList()
                    .block(TIMEOUT);

            assertThat(entries).as("let in").filteredOn(n -> n > 0).hasSize(1);
            assertThat(counted(racing)).isEqualTo(MOST);
        }
    }

    private static Mono<Integer> entered(Mono<Written<ConversationId>> join) {
        return join.subscribeOn(Schedulers.parallel())
                .map(written -> written.entries().size())
                .onErrorReturn(Conflict.class, 0);
    }

    private ConversationId channel() {
        return world.open(ConversationKind.CHANNEL, History.ALL, owner);
    }

    private Mono<Written<ConversationId>> create(UserId creator, UserId member) {
        return world.conversations.create(
                wanted(ConversationKind.GROUP, History.ALL, creator, UUID.randomUUID(), member));
    }
}
