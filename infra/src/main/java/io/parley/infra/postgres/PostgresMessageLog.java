package io.parley.infra.postgres;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MessageCommand;
import io.parley.domain.message.MessageLog;
import io.parley.domain.message.MessageOutcome;
import io.parley.domain.message.MessageOutcome.Done;
import io.parley.domain.message.MessageOutcome.Refused;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.Readable;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Appends messages in PostgreSQL: a batch is one call of a function, which is its own transaction. */
final class PostgresMessageLog implements MessageLog {
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final Store store;

    PostgresMessageLog(Store store) {
        this.store = store;
    }

    @Override
    public Mono<List<MessageOutcome>> append(List<MessageCommand> batch) {
        return Mono.fromSupplier(() -> new MessageBatch(batch).bind(store.sql(MessageSql.APPEND)))
                .flatMap(statement -> Store.raw(statement, PostgresMessageLog::outcome))
                .onErrorResume(error -> explained(error, batch).flatMap(Mono::error));
    }

    private static MessageOutcome outcome(Readable row) {
        String status = Column.text(row, "status");
        return switch (status) {
            case "done" -> new Done(StoredItem.message(row), true);
            case "repeat" -> new Done(StoredItem.message(row), false);
            default -> new Refused(Refusal.of(status));
        };
    }

    /** What the server says of data, locks and rollbacks, it says of a transaction that it has undone. */
    private Mono<Throwable> explained(Throwable error, List<MessageCommand> batch) {
        String state = state(error);
        if (state.equals(LOCK_NOT_AVAILABLE)) {
            return locked(batch).map(locked -> new ConversationsLocked(locked, error));
        }
        boolean undone = state.startsWith("22") || state.startsWith("23") || state.startsWith("40");
        return Mono.just(undone ? new BatchRefused(error) : Store.unavailable(error));
    }

    /** Value: those that somebody has locked now; none if that cannot be told, or they have just been released. */
    private Mono<Set<ConversationId>> locked(List<MessageCommand> batch) {
        UUID[] ids = batch.stream()
                .map(command -> command.conversation().value())
                .distinct()
                .toArray(UUID[]::new);
        return Store.all(store.sql(MessageSql.LOCKED).bind("ids", ids), row -> Column.uuid(row, "id"))
                .map(found -> found.stream().map(ConversationId::new).collect(Collectors.toSet()))
                .onErrorReturn(Set.of());
    }

    /** SQLSTATE; empty for what is no answer of the server. */
    static String state(Throwable error) {
        for (@Nullable Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof R2dbcException refusal && refusal.getSqlState() != null) {
                return refusal.getSqlState();
            }
        }
        return "";
    }
}
