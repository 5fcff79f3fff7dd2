package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the server says on a live connection. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ServerFrame.Ready.class, name = "ready"),
    @JsonSubTypes.Type(value = ServerFrame.Change.class, name = "change"),
    @JsonSubTypes.Type(value = ServerFrame.Skip.class, name = "skip"),
    @JsonSubTypes.Type(value = ServerFrame.CatchUp.class, name = "catchUp"),
    @JsonSubTypes.Type(value = ServerFrame.CaughtUp.class, name = "caughtUp"),
    @JsonSubTypes.Type(value = ServerFrame.Gap.class, name = "gap"),
    @JsonSubTypes.Type(value = ServerFrame.Receipt.class, name = "receipt"),
    @JsonSubTypes.Type(value = ServerFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ServerFrame.Presence.class, name = "presence"),
    @JsonSubTypes.Type(value = ServerFrame.Ack.class, name = "ack"),
    @JsonSubTypes.Type(value = ServerFrame.Failure.class, name = "error"),
    @JsonSubTypes.Type(value = ServerFrame.Pong.class, name = "pong"),
    @JsonSubTypes.Type(value = ServerFrame.GoAway.class, name = "goAway")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ServerFrame {

    /**
     * Everything has been resumed. The list is the truth: a client forgets what it lacks.
     *
     * @param epoch the life of the store: offsets of another one mean nothing
     * @param user who is signed in; its id is also the id of its own log
     * @param position offset of the user's own log from which the stream goes on, if nothing else is said
     * @param heartbeatSeconds a connection on which nothing came for twice as long is dead
     * @param conversations at most {@value Limits#MAX_LIST} a frame
     * @param last whether this was the last of these frames
     */
    record Ready(
            UUID epoch,
            UUID sessionId,
            UserRef user,
            long position,
            int heartbeatSeconds,
            LiveLimits limits,
            List<ConversationEntry> conversations,
            boolean last)
            implements ServerFrame {}

    /**
     * The state of one item as of an offset of its log; exactly one of the items is there.
     *
     * @param logId a conversation's id, or the user's own
     * @param offset outside {@code catchUp} … {@code caughtUp} always the next one of its log
     * @param reason a hint at what happened: {@code created}, {@code edited}, {@code deleted}, {@code renamed},
     *     {@code joined}, {@code added}, {@code promoted}, {@code left}, {@code removed}, {@code revoked},
     *     {@code updated}; more may come
     * @param preferences what the clients of this user keep, all of it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Change(
            UUID logId,
            long offset,
            String reason,
            @Nullable MessageView message,
            @Nullable MemberView member,
            @Nullable ConversationView conversation,
            @Nullable MembershipView membership,
            @Nullable EndedSessionView session,
            @Nullable Map<String, String> preferences,
            @Nullable DraftView draft,
            @Nullable PersonalView personal)
            implements ServerFrame {}

    /** This offset is about something that this reader may not see. */
    record Skip(UUID logId, long offset) implements ServerFrame {}

    /** What follows of this log, up to {@code caughtUp}, are the latest states of what changed: offsets jump. */
    record CatchUp(UUID logId, long from, long to) implements ServerFrame {}

    /** Every item whose latest change is at or below this offset has been handed over. */
    record CaughtUp(UUID logId, long offset) implements ServerFrame {}

    /** Forget all you hold of this log: it goes on at {@code to + 1}, and the history is to be read again. */
    record Gap(UUID logId, long to) implements ServerFrame {}

    /**
     * How far a conversation has come with one of its members; only the higher numbers count, whatever comes later.
     *
     * @param readSeq the last message that the member has read
     * @param deliveredSeq the last message that has arrived at one of the member's devices
     * @param unread how many messages come after {@code readSeq}; only if the member is oneself
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Receipt(
            UUID conversationId,
            UUID userId,
            long readSeq,
            long deliveredSeq,
            @Nullable Long unread) implements ServerFrame {}

    /** Somebody is typing; it is over after six seconds without another one. */
    record Typing(UUID conversationId, UUID userId) implements ServerFrame {}

    /**
     * Whether somebody is there whom this connection watches.
     *
     * @param presence {@code online}, {@code offline}, or {@code unknown}: of who shares no conversation, and where nobody
     *     can tell now
     */
    record Presence(UUID userId, String presence) implements ServerFrame {}

    /** The command took effect. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Ack(
            String ref,
            @Nullable MessageView message,
            @Nullable ReadPositionView read) implements ServerFrame {}

    /** The command did not take effect; {@code ref} is absent if the frame could not be read, or had none. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Failure(@Nullable String ref, Problem problem) implements ServerFrame {}

    /** The answer to {@link ClientFrame.Ping}. */
    record Pong(String ref) implements ServerFrame {}

    /**
     * The connection ends; the close code that follows says whether to come back.
     *
     * @param reason a code, see {@link ProblemCode}
     * @param reconnectAfterMs when to connect again; absent if the same way would end the same
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record GoAway(String reason, @Nullable Long reconnectAfterMs) implements ServerFrame {}
}
