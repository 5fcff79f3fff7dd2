package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a conversation's history.
 *
 * @param messages by rising seq
 * @param before what to ask for to get the page before this one; absent where the history begins
 * @param after what to ask for to get the page after this one; absent where it ends for now
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MessagePage(
        List<MessageView> messages,
        @Nullable Long before,
        @Nullable Long after) {}
