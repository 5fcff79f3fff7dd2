package io.parley.app.rsocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.parley.api.ServerFrame.GoAway;
import io.parley.app.live.FrameForm;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Each frame is the data of one payload; why a stream ends is told twice, for those who only look at frames. */
final class PayloadForm implements FrameForm<DataBuffer> {
    private final NettyDataBufferFactory buffers = new NettyDataBufferFactory(ByteBufAllocator.DEFAULT);

    @Override
    public DataBuffer frame(ByteBuf frame) {
        return buffers.wrap(frame);
    }

    @Override
    public Publisher<DataBuffer> farewell(GoAway reason, ByteBuf frame, Throwable error) {
        return Flux.concat(Mono.just(frame(frame)), Mono.error(() -> error));
    }
}
