package io.parley.app.gateway;

import io.parley.api.ServerFrame;
import io.parley.domain.live.EncodedChange;
import io.parley.domain.message.Message;
import io.parley.domain.message.MessageEncoder;
import org.springframework.stereotype.Component;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Writes the {@code change} frame of a message: the bytes that all followers of all transports get. */
@Component
final class JsonMessageEncoder implements MessageEncoder {
    private static final String LOBBY = "lobby";

    private final ObjectWriter writer;

    JsonMessageEncoder(JsonMapper json) {
        // By the interface: else the frame would lack its type.
        this.writer = json.writerFor(ServerFrame.class);
    }

    @Override
    public EncodedChange encode(Message message) {
        ServerFrame change = new ServerFrame.Change(LOBBY, message.offset(), "created", Views.of(message));
        return new EncodedChange(LOBBY, message.offset(), writer.writeValueAsBytes(change));
    }
}
