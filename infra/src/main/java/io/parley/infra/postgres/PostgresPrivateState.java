package io.parley.infra.postgres;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.NotFound;
import io.parley.domain.log.LogEntry;
import io.parley.domain.message.MessageBody;
import io.parley.domain.personal.Personal;
import io.parley.domain.personal.PersonalPatch;
import io.parley.domain.personal.PersonalPatch.Mute;
import io.parley.domain.personal.Preferences;
import io.parley.domain.personal.PreferencesPatch;
import io.parley.domain.personal.PrivateState;
import io.parley.domain.user.UserId;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import reactor.core.publisher.Mono;

/** What users keep for themselves, in PostgreSQL: a write is one call of a function, which is its own transaction. */
final class PostgresPrivateState implements PrivateState {
    private static final Preferences NONE = new Preferences(Map.of());

    private final Store store;

    PostgresPrivateState(Store store) {
        this.store = store;
    }

    @Override
    public Mono<List<LogEntry>> prefer(UserId user, PreferencesPatch patch) {
        String[] names = patch.values().keySet().toArray(String[]::new);
        @Nullable String[] values = patch.values().values().toArray(String[]::new);
        return written(store.sql(PrivateSql.PREFER)
                .bind("user", user.value())
                .bind("names", names)
                .bind("values", values)
                .bind("mostNames", Preferences.MAX_NAMES)
                .bind("mostBytes", Preferences.MAX_BYTES));
    }

    @Override
    public Mono<List<LogEntry>> draft(
            UserId user, ConversationId conversation, @Nullable MessageBody text, Instant now) {
        return written(of(PrivateSql.DRAFT, user, conversation)
                .bind("body", parameter(text == null ? null : text.text(), String.class))
                .bind("now", now));
    }

    @Override
    public Mono<List<LogEntry>> change(UserId user, ConversationId conversation, PersonalPatch patch) {
        Mute mute = patch.mute();
        return written(of(PrivateSql.CHANGE, user, conversation)
                .bind("notify", parameter(patch.level() == null ? null : Column.stored(patch.level()), String.class))
                .bind("mute", mute != null)
                .bind("mutedUntil", parameter(mute == null ? null : mute.until(), Instant.class))
                .bind("markedUnread", parameter(patch.markedUnread(), Boolean.class)));
    }

    private static <T> Object parameter(@Nullable T value, Class<T> type) {
        return value == null ? Parameters.in(type) : Parameters.in(value);
    }

    @Override
    public Mono<Preferences> preferences(UserId user) {
        return Store.all(store.sql(PrivateSql.PREFERENCES).bind("user", user.value()), PrivateItem::preferences)
                .map(found -> found.isEmpty() ? NONE : found.get(0));
    }

    @Override
    public Mono<Personal> personal(UserId user, ConversationId conversation) {
        return Store.all(of(PrivateSql.PERSONAL, user, conversation), row -> PrivateItem.personal(row, conversation))
                .flatMap(found -> Mono.justOrEmpty(found.stream().findFirst()))
                .switchIfEmpty(Mono.error(() -> new NotFound(ErrorCode.CONVERSATION_UNKNOWN)));
    }

    private GenericExecuteSpec of(String statement, UserId user, ConversationId conversation) {
        return store.sql(statement).bind("user", user.value()).bind("conversation", conversation.value());
    }

    private static Mono<List<LogEntry>> written(GenericExecuteSpec statement) {
        return Store.all(statement, Row::of).flatMap(PostgresPrivateState::written);
    }

    private static Mono<List<LogEntry>> written(List<Row> rows) {
        String status = rows.get(0).status();
        return status.equals("ok")
                ? Mono.just(
                        rows.stream().map(Row::entry).flatMap(Optional::stream).toList())
                : Mono.error(() -> Refusal.of(status));
    }

    /** One entry, or none. */
    private record Row(String status, Optional<LogEntry> entry) {
        static Row of(Readable row) {
            return new Row(
                    Column.text(row, "status"),
                    Column.isNull(row, "log_id") ? Optional.empty() : Optional.of(StoredItem.entry(row)));
        }
    }
}
