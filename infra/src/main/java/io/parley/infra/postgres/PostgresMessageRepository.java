package io.parley.infra.postgres;

import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.message.ClientMessageId;
import io.parley.domain.message.Draft;
import io.parley.domain.message.HistoryPage;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageBody;
import io.parley.domain.message.MessageId;
import io.parley.domain.message.MessageRepository;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.UUID;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The lobby's messages in PostgreSQL; an append is one call of a function, which is its own transaction. */
final class PostgresMessageRepository implements MessageRepository {
    private final DatabaseClient client;

    PostgresMessageRepository(DatabaseClient client) {
        this.client = client;
    }

    @Override
    public Mono<Message> append(Draft draft) {
        return client.sql(MessageSql.APPEND)
                .bind("id", draft.id().value())
                .bind("clientMessageId", draft.clientMessageId().value())
                .bind("body", draft.body().text())
                .bind("postedAt", draft.postedAt())
                .map(PostgresMessageRepository::message)
                .all()
                // The row arrives before the commit does: only completion says that it is stored.
                .last()
                .doOnNext(stored -> requireSameText(draft, stored))
                .onErrorMap(StoreErrors::translated);
    }

    @Override
    public Flux<Message> history(HistoryPage page) {
        return client.sql(MessageSql.HISTORY)
                .bind("before", page.before())
                .bind("limit", page.limit())
                .map(PostgresMessageRepository::message)
                .all()
                // A page is small, and a reader may be slow: the connection must not wait for the reader.
                .collectList()
                .flatMapIterable(messages -> messages)
                .onErrorMap(StoreErrors::translated);
    }

    @Override
    public Mono<Message> find(MessageId id) {
        return client.sql(MessageSql.FIND)
                .bind("id", id.value())
                .map(PostgresMessageRepository::message)
                .one()
                .onErrorMap(StoreErrors::translated)
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.MESSAGE_UNKNOWN)));
    }

    private static void requireSameText(Draft draft, Message stored) {
        if (!stored.body().equals(draft.body())) {
            throw new Conflict(ErrorCode.MESSAGE_ID_REUSED);
        }
    }

    private static Message message(Readable row) {
        return new Message(
                Rows.column(row, "log_offset", Long.class),
                new MessageId(Rows.column(row, "id", UUID.class)),
                new ClientMessageId(Rows.column(row, "client_message_id", UUID.class)),
                new MessageBody(Rows.column(row, "body", String.class)),
                Rows.column(row, "posted_at", Instant.class));
    }
}
