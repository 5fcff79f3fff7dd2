package io.parley.infra.postgres;

import static io.parley.infra.postgres.Column.number;

import io.parley.domain.conversation.Conversation;
import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationReader;
import io.parley.domain.conversation.Member;
import io.parley.domain.conversation.MyConversation;
import io.parley.domain.conversation.MyConversation.Peer;
import io.parley.domain.conversation.Role;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.log.LogHead;
import io.parley.domain.log.LogId;
import io.parley.domain.user.UserId;
import io.r2dbc.spi.Readable;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What somebody may see of conversations, in PostgreSQL: one statement each, which also decides who is a member. */
final class PostgresConversationReader implements ConversationReader {
    /** Before all ids. */
    private static final UUID FIRST = new UUID(0, 0);

    private final Store store;

    PostgresConversationReader(Store store) {
        this.store = store;
    }

    @Override
    public Mono<Mine> mine(UserId user) {
        GenericExecuteSpec mine = store.sql(ConversationSql.ALL_MINE).bind("user", user.value());
        return Store.all(mine, Row::of).map(rows -> mine(user, rows));
    }

    @Override
    public Mono<MyConversation> mine(UserId user, ConversationId id) {
        GenericExecuteSpec mine = store.sql(ConversationSql.ONE_OF_MINE)
                .bind("user", user.value())
                .bind("id", id.value());
        return Store.all(mine, PostgresConversationReader::myConversation)
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()))
                .switchIfEmpty(Mono.error(PostgresConversationReader::unknown));
    }

    @Override
    public Flux<MyConversation> mine(UserId user, @Nullable ConversationId after, int limit) {
        GenericExecuteSpec mine = store.sql(ConversationSql.SOME_OF_MINE)
                .bind("user", user.value())
                .bind("after", after == null ? FIRST : after.value())
                .bind("limit", limit);
        return Store.all(mine, PostgresConversationReader::myConversation).flatMapIterable(found -> found);
    }

    @Override
    public Flux<Member> members(UserId reader, ConversationId id, @Nullable UserId after, int limit) {
        GenericExecuteSpec members = store.sql(ConversationSql.MEMBERS)
                .bind("reader", reader.value())
                .bind("id", id.value())
                .bind("after", after == null ? FIRST : after.value())
                .bind("limit", limit);
        return Store.all(members, row -> member(row, id))
                .filter(rows -> !rows.isEmpty())
                .switchIfEmpty(Mono.error(PostgresConversationReader::unknown))
                .flatMapIterable(rows -> rows.stream().flatMap(Optional::stream).toList());
    }

    @Override
    public Flux<Conversation> channels(@Nullable ConversationId after, int limit) {
        GenericExecuteSpec channels = store.sql(ConversationSql.CHANNELS)
                .bind("after", after == null ? FIRST : after.value())
                .bind("limit", limit);
        return Store.all(channels, StoredItem::conversation).flatMapIterable(found -> found);
    }

    @Override
    public Mono<Set<UserId>> met(UserId user, Collection<UserId> others) {
        GenericExecuteSpec met = store.sql(ConversationSql.MET)
                .bind("user", user.value())
                .bind("others", others.stream().map(UserId::value).toArray(UUID[]::new));
        return Store.all(met, row -> new UserId(Column.uuid(row, "user_id"))).map(Set::copyOf);
    }

    private static NotFound unknown() {
        return new NotFound(ErrorCode.CONVERSATION_UNKNOWN);
    }

    private static Mine mine(UserId user, List<Row> rows) {
        return new Mine(
                new LogHead(LogId.of(user), rows.get(0).logHead()),
                rows.stream().map(Row::conversation).flatMap(Optional::stream).toList());
    }

    private static Optional<Member> member(Readable row, ConversationId id) {
        return Column.isNull(row, "user_id") ? Optional.empty() : Optional.of(StoredItem.member(row, id));
    }

    private static MyConversation myConversation(Readable row) {
        return new MyConversation(
                StoredItem.conversation(row),
                Column.constant(row, "role", Role.class),
                Column.isNull(row, "user_id") ? null : peer(row),
                Objects.requireNonNull(row.get("member_count", Integer.class)),
                number(row, "head_offset"),
                number(row, "head_seq"),
                number(row, "unread"),
                number(row, "last_read_seq"),
                number(row, "last_delivered_seq"),
                number(row, "visible_from_seq"),
                number(row, "joined_offset"));
    }

    private static Peer peer(Readable row) {
        return new Peer(StoredItem.name(row), number(row, "peer_read_seq"), number(row, "peer_delivered_seq"));
    }

    /** Each row has the head of the user's log; the only row of who is in no conversation has nothing else. */
    private record Row(long logHead, Optional<MyConversation> conversation) {
        static Row of(Readable row) {
            return new Row(
                    number(row, "log_head"),
                    Column.isNull(row, "conversation_id") ? Optional.empty() : Optional.of(myConversation(row)));
        }
    }
}
