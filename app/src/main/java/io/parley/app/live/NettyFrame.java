package io.parley.app.live;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.parley.domain.live.Frame;

/**
 * A frame in one buffer outside of the heap, which all sockets share: it begins as a WebSocket text frame does (RFC 6455,
 * section 5.2: final, not masked), and ends with the payload that other transports send.
 */
public final class NettyFrame implements Frame {
    private static final int FINAL_TEXT = 0x81;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;
    private static final int LONGEST_HEADER = 10;

    private final ByteBuf webSocket;
    private final int size;

    private NettyFrame(ByteBuf webSocket, int size) {
        this.webSocket = webSocket;
        this.size = size;
    }

    static NettyFrame of(byte[] payload, ByteBufAllocator allocator) {
        ByteBuf buffer = allocator.directBuffer(LONGEST_HEADER + payload.length);
        buffer.writeByte(FINAL_TEXT);
        if (payload.length < TWO_BYTES_FOLLOW) {
            buffer.writeByte(payload.length);
        } else if (payload.length <= 0xFFFF) {
            buffer.writeByte(TWO_BYTES_FOLLOW).writeShort(payload.length);
        } else {
            buffer.writeByte(EIGHT_BYTES_FOLLOW).writeLong(payload.length);
        }
        return new NettyFrame(buffer.writeBytes(payload), payload.length);
    }

    /** The whole WebSocket frame, with the caller's reference. */
    public ByteBuf webSocket() {
        return webSocket.duplicate();
    }

    /** What the client reads, with the caller's reference. */
    public ByteBuf payload() {
        return webSocket.slice(webSocket.readableBytes() - size, size);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public NettyFrame retain() {
        webSocket.retain();
        return this;
    }

    @Override
    public void release() {
        webSocket.release();
    }
}
