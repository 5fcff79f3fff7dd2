package io.parley.api;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.UUID;

/** What a client says on the live WebSocket; each gets exactly one answer with its {@code ref}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = ClientFrame.Send.class, name = "send"),
    @JsonSubTypes.Type(value = ClientFrame.Ping.class, name = "ping")
})
public sealed interface ClientFrame {

    /** Chosen by the client, echoed in the answer. */
    String ref();

    /** Posts a message; answered by {@link ServerFrame.Ack} or {@link ServerFrame.Failure}. */
    record Send(String ref, UUID clientMessageId, String text) implements ClientFrame {}

    /** Asks whether anybody is there; answered by {@link ServerFrame.Pong}. */
    record Ping(String ref) implements ClientFrame {}
}
