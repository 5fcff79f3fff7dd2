package io.parley.app.http;

import io.netty.buffer.ByteBuf;
import io.parley.api.ServerFrame.GoAway;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;

/** A frame is a line; an empty line is none. */
@Component
final class JsonLines extends ResponseForm {
    @Override
    MediaType type() {
        return MediaType.APPLICATION_NDJSON;
    }

    @Override
    DataBuffer sign() {
        return buffer(ascii("\n"));
    }

    @Override
    public DataBuffer frame(ByteBuf frame) {
        return buffer(frame, ascii("\n"));
    }

    @Override
    public Publisher<DataBuffer> farewell(GoAway reason, ByteBuf frame, Throwable error) {
        return Mono.just(frame(frame));
    }
}
