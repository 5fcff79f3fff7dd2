package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What everybody in it knows of a conversation.
 *
 * @param kind {@code direct}, {@code group} or {@code channel}
 * @param title absent for direct ones, which are called by the other person's name
 * @param history {@code all} if new members may read what was said before, {@code joined} if not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConversationView(
        UUID id, String kind, @Nullable String title, String history, Instant createdAt) {}
