package io.parley.loadtests.check.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.parley.api.ConversationEntry;
import io.parley.api.MessageView;
import io.parley.api.ReadPositionView;
import io.parley.api.ReceiptView;
import io.parley.api.ServerFrame;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One line of a history. Lines are in the order of {@link #at()}: nanoseconds of one monotonic clock since the run began. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "event")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Event.Begun.class, name = "begun"),
    @JsonSubTypes.Type(value = Event.Founded.class, name = "founded"),
    @JsonSubTypes.Type(value = Event.Invoked.class, name = "invoke"),
    @JsonSubTypes.Type(value = Event.Ended.class, name = "end"),
    @JsonSubTypes.Type(value = Event.Opened.class, name = "open"),
    @JsonSubTypes.Type(value = Event.Heard.class, name = "hear"),
    @JsonSubTypes.Type(value = Event.Closed.class, name = "close"),
    @JsonSubTypes.Type(value = Event.Faulted.class, name = "fault"),
    @JsonSubTypes.Type(value = Event.NodeRead.class, name = "final-node"),
    @JsonSubTypes.Type(value = Event.StoreRead.class, name = "final-store"),
    @JsonSubTypes.Type(value = Event.WireRead.class, name = "final-wire")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface Event {
    long at();

    /**
     * The first line.
     *
     * @param nodes the names of all nodes: each of them is read in the end
     * @param about what somebody should know who reads this later
     */
    record Begun(long at, long seed, List<String> nodes, Map<String, String> about) implements Event {}

    /**
     * A conversation was opened, before the run: its members have been in it from the beginning.
     *
     * @param history {@code all} or {@code joined}
     */
    record Founded(long at, UUID conversation, String history, UUID owner, List<UUID> members) implements Event {}

    /** An operation begins. One without an end has an unknown outcome. */
    record Invoked(long at, long op, Actor by, Call call) implements Event {}

    /**
     * An operation ends.
     *
     * @param why the code of the problem, or what became of the connection
     * @param message what was acknowledged
     * @param read where a reader stands now
     * @param page what was read of the history
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ended(
            long at,
            long op,
            Outcome outcome,
            @Nullable String why,
            @Nullable MessageView message,
            @Nullable ReadPositionView read,
            @Nullable List<MessageView> page)
            implements Event {}

    /**
     * A client connects, and says what it holds.
     *
     * @param line names the connection
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Opened(long at, long line, Actor by, @Nullable UUID epoch, Map<UUID, Long> offsets) implements Event {}

    /** A client hears a frame. */
    record Heard(long at, long line, ServerFrame frame) implements Event {}

    /** A connection has ended, or was cut. */
    record Closed(long at, long line, String why) implements Event {}

    /**
     * A fault begins, or is over.
     *
     * @param kind what is done, such as {@code kill}
     * @param target to what
     */
    record Faulted(long at, String kind, String target, boolean over) implements Event {}

    /**
     * In the end, when nothing moves any more: what one node tells one member of one conversation.
     *
     * @param messages the whole history
     * @param log the changes of the whole log
     */
    record NodeRead(
            long at,
            String node,
            UUID user,
            ConversationEntry entry,
            List<MessageView> messages,
            List<ServerFrame> log,
            List<ReceiptView> receipts)
            implements Event {}

    /**
     * In the end: what the database has of the run's conversations.
     *
     * @param outbox how much waits to be published, of whatever
     */
    record StoreRead(long at, long outbox, List<StoredLog> logs) implements Event {}

    /** In the end: what Kafka has of the run's conversations. */
    record WireRead(long at, List<Published> records) implements Event {}
}
