package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

/** What the server says on the live WebSocket. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.Change.class, name = "change"),
    @JsonSubTypes.Type(value = ServerFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerFrame.Failure.class, name = "error"),
    @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong")
})
public sealed interface ServerFrame {

    /**
     * The state of one thing as of an offset of its log: put it by id if the offset is newer.
     *
     * @param reason a hint at what happened
     */
    record Change(String logId, long offset, String reason, MessageView message) implements ServerFrame {}

    /** The command took effect. */
    record Ack(String ref, MessageView message) implements ServerFrame {}

    /** The command did not take effect; {@code ref} is null if the frame could not be read. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Failure(@Nullable String ref, Problem problem) implements ServerFrame {}

    /** The answer to {@link ClientFrame.Ping}. */
    record Pong(String ref) implements ServerFrame {}
}
