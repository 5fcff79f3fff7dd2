package io.parley.app.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufInputStream;
import io.parley.api.ServerFrame.GoAway;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.log.Epoch;
import java.io.InputStream;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** A frame is a server-sent event, whose id says where its reader stands then: with it, it may come back. */
@Component
final class ServerEvents extends ResponseForm {
    private final JsonMapper json;
    private final Epoch epoch;

    ServerEvents(JsonMapper json, Epoch epoch) {
        this.json = json;
        this.epoch = epoch;
    }

    /** Where somebody stands who has come this far in the life of a store. */
    record Position(UUID epoch, long offset) {

        /** Errors: {@code InvalidInput} if the id is none of ours. */
        static Position of(String id) {
            int colon = id.indexOf(':');
            try {
                return new Position(UUID.fromString(id.substring(0, colon)), Long.parseLong(id.substring(colon + 1)));
            } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
                throw new InvalidInput(ErrorCode.REQUEST_MALFORMED);
            }
        }

        @Override
        public String toString() {
            return epoch + ":" + offset;
        }
    }

    @Override
    MediaType type() {
        return MediaType.TEXT_EVENT_STREAM;
    }

    @Override
    DataBuffer sign() {
        return buffer(ascii(":\n\n"));
    }

    @Override
    public DataBuffer frame(ByteBuf frame) {
        Long offset = offset(frame);
        String id = offset == null ? "" : "id: " + new Position(epoch.value(), offset) + "\n";
        return event(id, frame);
    }

    private DataBuffer event(String fields, ByteBuf frame) {
        return buffer(ascii(fields + "data: "), frame, ascii("\n\n"));
    }

    @Override
    public Publisher<DataBuffer> farewell(GoAway reason, ByteBuf frame, Throwable error) {
        Long comeBackAfter = reason.reconnectAfterMs();
        return Mono.just(event(comeBackAfter == null ? "" : "retry: " + comeBackAfter + "\n", frame));
    }

    /** Up to where the reader holds everything after this frame; null if the frame says nothing of it. */
    private @Nullable Long offset(ByteBuf frame) {
        InputStream bytes = new ByteBufInputStream(frame.duplicate());
        try (JsonParser parser = json.createParser(bytes)) {
            String field = "offset";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING && parser.getString().equals("gap")) {
                    field = "to";
                } else if (token == JsonToken.VALUE_NUMBER_INT && field.equals(parser.currentName())) {
                    return parser.getLongValue();
                }
            }
            return null;
        }
    }
}
