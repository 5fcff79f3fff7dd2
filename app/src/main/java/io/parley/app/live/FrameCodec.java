package io.parley.app.live;

import io.parley.api.ClientFrame;
import io.parley.api.ServerFrame;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** Reads and writes the frames of live connections. */
@Component
final class FrameCodec {
    private final ObjectReader reader;
    private final ObjectWriter writer;

    FrameCodec(JsonMapper json) {
        this.reader = json.readerFor(ClientFrame.class);
        // By the interface: else frames would lack their type.
        this.writer = json.writerFor(ServerFrame.class);
    }

    /** Errors: {@code InvalidInput} if the bytes are no frame. */
    ClientFrame read(byte[] frame) {
        try {
            ClientFrame read = reader.readValue(frame);
            if (read != null) {
                return read;
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
