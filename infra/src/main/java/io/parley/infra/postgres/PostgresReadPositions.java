package io.parley.infra.postgres;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.message.ReadPositions;
import io.parley.domain.user.UserId;
import io.r2dbc.spi.Readable;
import java.util.List;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** How far members have come, in PostgreSQL: a move is one call of a function, which is its own transaction. */
final class PostgresReadPositions implements ReadPositions {
    private final Store store;

    PostgresReadPositions(Store store) {
        this.store = store;
    }

    @Override
    public Mono<Moved> read(UserId member, ConversationId conversation, long seq) {
        return move(member, conversation, seq, true);
    }

    @Override
    public Mono<Moved> received(UserId member, ConversationId conversation, long seq) {
        return move(member, conversation, seq, false);
    }

    private Mono<Moved> move(UserId member, ConversationId conversation, long seq, boolean read) {
        GenericExecuteSpec move =
                of(MessageSql.MOVE, member, conversation).bind("seq", seq).bind("read", read);
        return Store.all(move, row -> moved(row, member))
                .flatMap(rows -> rows.isEmpty() ? unknown() : Mono.just(rows.get(0)));
    }

    @Override
    public Mono<List<Standing>> all(UserId reader, ConversationId conversation, int most) {
        GenericExecuteSpec all = of(MessageSql.STANDINGS, reader, conversation).bind("most", most);
        return Store.all(all, PostgresReadPositions::standing)
                .flatMap(rows -> rows.isEmpty() ? unknown() : Mono.just(rows));
    }

    private GenericExecuteSpec of(String statement, UserId member, ConversationId conversation) {
        return store.sql(statement).bind("member", member.value()).bind("conversation", conversation.value());
    }

    private static Moved moved(Readable row, UserId member) {
        return new Moved(
                new Standing(member, Column.number(row, "last_read"), Column.number(row, "last_delivered")),
                Column.number(row, "unread"),
                Column.present(row, "members", Integer.class),
                Column.present(row, "moved", Boolean.class),
                Column.isNull(row, "log_id") ? List.of() : List.of(StoredItem.entry(row)));
    }

    private static Standing standing(Readable row) {
        return new Standing(
                new UserId(Column.uuid(row, "user_id")),
                Column.number(row, "last_read_seq"),
                Column.number(row, "last_delivered_seq"));
    }

    private static <T> Mono<T> unknown() {
        return Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN));
    }
}
