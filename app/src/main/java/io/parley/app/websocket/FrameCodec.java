package io.parley.app.websocket;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the frames of the live WebSocket. */
@Component
final class FrameCodec {
    private final ObjectReader reader;
    private final ObjectWriter writer;

    FrameCodec(JsonMapper json) {
        this.reader = json.readerFor(ClientFrame.class);
        this.writer = json.writerFor(ServerFrame.class);
    }

    /** Errors: {@code InvalidInput} if the text is no frame, or one without a {@code ref}. */
    ClientFrame read(String text) {
        try {
            ClientFrame frame = reader.readValue(text);
            if (frame != null && frame.ref() != null) {
                return frame;
            }
        } catch (JacksonException notAFrame) {
            // told as below: what the parser stumbled over is the client's to find
        }
        throw new InvalidInput(ErrorCode.REQUEST_MALFORMED);
    }

    byte[] write(ServerFrame frame) {
        return writer.writeValueAsBytes(frame);
    }
}
