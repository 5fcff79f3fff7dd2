package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A page of the channels that anybody may join, by id.
 *
 * @param after what to ask for to get the next page; absent on the last
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ChannelList(
        List<ConversationView> channels, @Nullable UUID after) {}
