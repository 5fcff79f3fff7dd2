package io.parley.app.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.parley.app.live.FrameForm;
import java.nio.charset.StandardCharsets;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.MediaType;

/** How the frames of a stream look in the body of a response. */
abstract class ResponseForm implements FrameForm<DataBuffer> {
    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

    abstract MediaType type();

    /** What means nothing to the reader: for those between, who give up a response in which nothing comes. */
    abstract DataBuffer sign();

    final DataBuffer buffer(ByteBuf... parts) {
        return buffers.wrap(Unpooled.wrappedBuffer(parts));
    }

    static ByteBuf ascii(String text) {
        return Unpooled.wrappedBuffer(text.getBytes(StandardCharsets.US_ASCII));
    }
}
