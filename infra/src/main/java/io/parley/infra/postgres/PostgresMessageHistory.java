package io.parley.infra.postgres;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.log.Change.MessageChange;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.MessageHistory;
import io.parley.domain.message.MessageId;
import io.parley.domain.user.UserId;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Optional;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** What has been said, in PostgreSQL: one statement each, which also decides who is a member and sees from where on. */
final class PostgresMessageHistory implements MessageHistory {
    private final Store store;

    PostgresMessageHistory(Store store) {
        this.store = store;
    }

    @Override
    public Mono<List<MessageChange>> page(UserId reader, ConversationId conversation, HistoryPage page) {
        return messages(of(statement(page.anchor()), reader, conversation)
                .bind("seq", page.seq())
                .bind("limit", page.limit()));
    }

    @Override
    public Mono<MessageChange> find(UserId reader, ConversationId conversation, MessageId id) {
        return messages(of(MessageSql.FIND, reader, conversation).bind("id", id.value()))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()))
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.MESSAGE_UNKNOWN)));
    }

    private GenericExecuteSpec of(String statement, UserId reader, ConversationId conversation) {
        return store.sql(statement).bind("reader", reader.value()).bind("conversation", conversation.value());
    }

    private static String statement(HistoryPage.Anchor anchor) {
        return switch (anchor) {
            case BEFORE -> MessageSql.BEFORE;
            case AFTER -> MessageSql.AFTER;
            case AROUND -> MessageSql.AROUND;
        };
    }

    private static Mono<List<MessageChange>> messages(GenericExecuteSpec statement) {
        return Store.all(statement, PostgresMessageHistory::message)
                .filter(rows -> !rows.isEmpty())
                .switchIfEmpty(Mono.error(PostgresMessageHistory::unknown))
                .map(rows -> rows.stream().flatMap(Optional::stream).toList());
    }

    private static Optional<MessageChange> message(Readable row) {
        return Column.isNull(row, "item") ? Optional.empty() : Optional.of(StoredItem.message(row));
    }

    private static NotFound unknown() {
        return new NotFound(ErrorCode.CONVERSATION_UNKNOWN);
    }
}
