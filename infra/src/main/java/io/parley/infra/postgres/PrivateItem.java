package io.parley.infra.postgres;

import static io.parley.infra.postgres.Column.constant;
import static io.parley.infra.postgres.Column.instant;
import static io.parley.infra.postgres.Column.optional;
import static io.parley.infra.postgres.Column.present;

import io.parley.domain.conversation.ConversationId;
import io.parley.domain.message.MessageBody;
import io.parley.domain.personal.Draft;
import io.parley.domain.personal.Notify;
import io.parley.domain.personal.Personal;
import io.parley.domain.personal.Preferences;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes what users keep for themselves of rows, as {@link StoredItem} does with all else. */
final class PrivateItem {
    private PrivateItem() {}

    static Preferences preferences(Readable row) {
        String[] names = present(row, "preference_names", String[].class);
        String[] values = present(row, "preference_values", String[].class);
        Map<String, String> preferences = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i++) {
            preferences.put(names[i], values[i]);
        }
        return new Preferences(Collections.unmodifiableMap(preferences));
    }

    static Draft draft(Readable row, ConversationId conversation) {
        @Nullable String body = optional(row, "draft_body", String.class);
        return new Draft(conversation, body == null ? null : new MessageBody(body), instant(row, "updated_at"));
    }

    static Personal personal(Readable row, ConversationId conversation) {
        return new Personal(
                conversation,
                constant(row, "notify", Notify.class),
                optional(row, "muted_until", Instant.class),
                present(row, "marked_unread", Boolean.class));
    }
}
