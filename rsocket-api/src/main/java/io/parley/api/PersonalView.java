package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How a member wants a conversation; on the member's own log.
 *
 * @param level {@code notify} on the wire: of what to hear while away: {@code all}, {@code mentions} or {@code nothing}
 * @param mutedUntil until when not to hear of it; absent if it is not muted
 * @param markedUnread set by the member, to come back to it; reading takes it away
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PersonalView(
        UUID conversationId,
        @JsonProperty("notify") String level,
        @Nullable Instant mutedUntil,
        boolean markedUnread) {}
