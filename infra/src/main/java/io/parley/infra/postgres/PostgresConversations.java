package io.parley.infra.postgres;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.conversation.ConversationRepository;
import io.parley.domain.conversation.NewConversation;
import io.parley.domain.conversation.Role;
import io.parley.domain.conversation.Title;
import io.parley.domain.conversation.Written;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.log.LogEntry;
import io.parley.domain.user.UserId;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** Writes conversations in PostgreSQL: each write is one call of a function, which is its own transaction. */
final class PostgresConversations implements ConversationRepository {
    private final Store store;

    PostgresConversations(Store store) {
        this.store = store;
    }

    @Override
    public Mono<Written<ConversationId>> openDirect(UserId creator, UserId peer, Instant now) {
        if (creator.equals(peer)) {
            return Mono.error(() -> new InvalidInput(ErrorCode.CONVERSATION_KIND));
        }
        return written(at(ConversationSql.OPEN_DIRECT, ConversationId.direct(creator, peer))
                .bind("creator", creator.value())
                .bind("peer", peer.value())
                .bind("now", now));
    }

    @Override
    public Mono<Written<ConversationId>> create(NewConversation conversation) {
        return Mono.fromSupplier(() -> creation(conversation)).flatMap(PostgresConversations::written);
    }

    private GenericExecuteSpec creation(NewConversation conversation) {
        RequestedConversation requested = new RequestedConversation(conversation);
        return at(ConversationSql.CREATE, conversation.id())
                .bind("creator", conversation.creator().value())
                .bind("key", conversation.key())
                .bind("hash", requested.hash())
                .bind("kind", Column.stored(conversation.kind()))
                .bind("title", conversation.title().text())
                .bind("history", Column.stored(conversation.history()))
                .bind("members", requested.members())
                .bind("now", conversation.createdAt());
    }

    @Override
    public Mono<Written<ConversationId>> rename(ConversationId id, UserId actor, Title title) {
        return written(
                at(ConversationSql.RENAME, id).bind("actor", actor.value()).bind("title", title.text()));
    }

    @Override
    public Mono<Written<ConversationId>> join(ConversationId id, UserId user, Instant now) {
        return written(at(ConversationSql.JOIN, id).bind("user", user.value()).bind("now", now));
    }

    @Override
    public Mono<Written<ConversationId>> add(ConversationId id, UserId actor, UserId user, Instant now) {
        return written(at(ConversationSql.ADD, id)
                .bind("actor", actor.value())
                .bind("user", user.value())
                .bind("now", now));
    }

    @Override
    public Mono<Written<ConversationId>> remove(ConversationId id, UserId actor, UserId user, Instant now) {
        return written(at(ConversationSql.REMOVE, id)
                .bind("actor", actor.value())
                .bind("user", user.value())
                .bind("now", now));
    }

    @Override
    public Mono<Written<ConversationId>> setRole(ConversationId id, UserId actor, UserId user, Role role) {
        return written(at(ConversationSql.SET_ROLE, id)
                .bind("actor", actor.value())
                .bind("user", user.value())
                .bind("role", Column.stored(role)));
    }

    private GenericExecuteSpec at(String statement, ConversationId id) {
        return store.sql(statement).bind("id", id.value());
    }

    private static Mono<Written<ConversationId>> written(GenericExecuteSpec statement) {
        return Store.all(statement, Row::of).flatMap(PostgresConversations::written);
    }

    private static Mono<Written<ConversationId>> written(List<Row> rows) {
        Row first = rows.get(0);
        @Nullable UUID id = first.conversation();
        if (id == null) {
            return Mono.error(() -> Refusal.of(first.status()));
        }
        List<LogEntry> entries =
                rows.stream().map(Row::entry).flatMap(Optional::stream).toList();
        return Mono.just(new Written<>(new ConversationId(id), entries));
    }

    /** One entry, or none; no conversation if it was refused. */
    private record Row(String status, @Nullable UUID conversation, Optional<LogEntry> entry) {
        static Row of(Readable row) {
            return new Row(
                    Column.text(row, "status"),
                    Column.optional(row, "conversation_id", UUID.class),
                    Column.isNull(row, "log_id") ? Optional.empty() : Optional.of(StoredItem.entry(row)));
        }
    }
}
