package io.parley.api;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Changes how one wants a conversation; what is absent stays as it is.
 *
 * @param level {@code notify} on the wire: see {@link PersonalView}
 * @param mutedUntil until when to be muted; empty, a JSON null: no longer
 * @param markedUnread see {@link PersonalView}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("NullableOptional") // absent, null and a time are three things to say
public record ChangePersonal(
        @JsonProperty("notify") @Nullable String level,
        @Nullable Optional<Instant> mutedUntil,
        @Nullable Boolean markedUnread) {

    /** By hand: for a record's component, absent and null would be the same. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ChangePersonal read(Map<String, @Nullable Object> fields) {
        return new ChangePersonal(
                (String) fields.get("notify"),
                fields.containsKey("mutedUntil")
                        ? Optional.ofNullable((String) fields.get("mutedUntil")).map(Instant::parse)
                        : null,
                (Boolean) fields.get("markedUnread"));
    }
}
