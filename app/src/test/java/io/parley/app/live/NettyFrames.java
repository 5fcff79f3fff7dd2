package io.parley.app.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.parley.domain.live.Frame;

/** Frames as the node makes them. */
public final class NettyFrames {
    private NettyFrames() {}

    public static Frame frame(String text) {
        return NettyFrame.of(text.getBytes(UTF_8), UnpooledByteBufAllocator.DEFAULT);
    }
}
