package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a client says on a live connection. A command with a {@code ref} gets exactly one answer with it: an {@link
 * ServerFrame.Ack}, a {@link ServerFrame.Pong} or a {@link ServerFrame.Failure}.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientFrame.Hello.class, name = "hello"),
    @JsonSubTypes.Type(value = ClientFrame.Resume.class, name = "resume"),
    @JsonSubTypes.Type(value = ClientFrame.Send.class, name = "send"),
    @JsonSubTypes.Type(value = ClientFrame.Edit.class, name = "edit"),
    @JsonSubTypes.Type(value = ClientFrame.Delete.class, name = "delete"),
    @JsonSubTypes.Type(value = ClientFrame.Read.class, name = "read"),
    @JsonSubTypes.Type(value = ClientFrame.Received.class, name = "received"),
    @JsonSubTypes.Type(value = ClientFrame.Typing.class, name = "typing"),
    @JsonSubTypes.Type(value = ClientFrame.Watch.class, name = "watch"),
    @JsonSubTypes.Type(value = ClientFrame.Credit.class, name = "credit"),
    @JsonSubTypes.Type(value = ClientFrame.Refresh.class, name = "refresh"),
    @JsonSubTypes.Type(value = ClientFrame.Ping.class, name = "ping")
})
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface ClientFrame {

    /** Chosen by the client, echoed in the answer; null where there is none. */
    @Nullable
    String ref();

    /**
     * The first frame, within five seconds.
     *
     * @param token an access token; absent if the connection was opened with one
     * @param device what to call this device; absent: nothing
     * @param credit how many frames, besides answers, the client takes until it allows more by {@link Credit}; absent: as
     *     many as its line carries
     */
    record Hello(
            @Nullable String ref,
            @Nullable String token,
            @Nullable String device,
            @Nullable Long credit) implements ClientFrame {
        public Hello(@Nullable String ref, @Nullable String token, @Nullable String device) {
            this(ref, token, device, null);
        }

        @Override
        public String toString() {
            return "Hello[ref=" + ref + ", device=" + device + "]";
        }
    }

    /**
     * After hello: where this client stands, in as many frames as needed; answered by {@link ServerFrame.Ready}.
     *
     * @param epoch of the store that said the offsets; absent: nothing is known yet
     * @param offsets for each log the offset up to which the client holds everything, at most
     *     {@value Limits#MAX_LIST} a frame
     * @param last whether this was the last of these frames
     */
    record Resume(
            @Nullable String ref,
            @Nullable UUID epoch,
            @Nullable Map<UUID, Long> offsets,
            boolean last) implements ClientFrame {}

    /** Says something; answered by an {@link ServerFrame.Ack} with the message. */
    record Send(String ref, UUID conversationId, UUID clientMessageId, String text) implements ClientFrame {}

    /** Gives one's own message another text; answered with the message. */
    record Edit(String ref, UUID conversationId, UUID messageId, String text) implements ClientFrame {}

    /** Unsays a message; answered with its tombstone. */
    record Delete(String ref, UUID conversationId, UUID messageId) implements ClientFrame {}

    /** Says that everything up to this message has been read; answered with the read position. */
    record Read(String ref, UUID conversationId, long seq) implements ClientFrame {}

    /**
     * Says that everything up to this message has arrived at one of one's devices; answered with the read position if there
     * is a {@code ref}. Reading says so too.
     */
    record Received(@Nullable String ref, UUID conversationId, long seq) implements ClientFrame {}

    /** Says that somebody is typing; to be repeated every few seconds. Never answered but by an error. */
    record Typing(@Nullable String ref, UUID conversationId) implements ClientFrame {}

    /**
     * Asks to be told who of these is there, and of nobody else from now on; answered by an {@link ServerFrame.Ack}, then a
     * {@link ServerFrame.Presence} of each.
     *
     * @param userIds at most {@value Limits#MAX_WATCH}; none: of nobody
     */
    record Watch(String ref, List<UUID> userIds) implements ClientFrame {}

    /**
     * Allows more frames; only after a {@link Hello} that limits them. Never answered but by an error.
     *
     * @param n how many more, at least 1
     */
    record Credit(@Nullable String ref, long n) implements ClientFrame {}

    /** Goes on with a fresh access token of the same session, before the old one expires. */
    record Refresh(String ref, String token) implements ClientFrame {
        @Override
        public String toString() {
            return "Refresh[ref=" + ref + "]";
        }
    }

    /** Asks whether anybody is there. */
    record Ping(String ref) implements ClientFrame {}
}
