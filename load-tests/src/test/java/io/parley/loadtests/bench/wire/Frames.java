package io.parley.loadtests.bench.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.parley.api.Routes;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What clients say, ready for the wire. Frames are masked by zeros, which leave them as they are. */
final class Frames {
    private static final int TEXT = 0x81;
    private static final int PONG = 0x8A;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_FOLLOW = 126;

    private Frames() {}

    static ByteBuf upgrade(ByteBufAllocator buffers, String token) {
        return ascii(
                buffers,
                "GET " + Routes.LIVE_SOCKET + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n"
                        + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Authorization: Bearer " + token + "\r\n\r\n");
    }

    static ByteBuf helloAndResume(ByteBufAllocator buffers, String resume) {
        ByteBuf both = text(buffers, "{\"type\":\"hello\"}");
        ByteBuf second = text(buffers, resume);
        both.writeBytes(second);
        second.release();
        return both;
    }

    static ByteBuf send(ByteBufAllocator buffers, UUID conversation, UUID clientMessageId, String text) {
        return text(
                buffers,
                "{\"type\":\"send\",\"ref\":\"1\",\"conversationId\":\"" + conversation + "\",\"clientMessageId\":\""
                        + clientMessageId + "\",\"text\":\"" + text + "\"}");
    }

    static ByteBuf edit(ByteBufAllocator buffers, UUID conversation, UUID message, String text) {
        return text(
                buffers,
                "{\"type\":\"edit\",\"ref\":\"1\",\"conversationId\":\"" + conversation + "\",\"messageId\":\""
                        + message + "\",\"text\":\"" + text + "\"}");
    }

    static ByteBuf pong(ByteBufAllocator buffers) {
        return buffers.buffer(6).writeByte(PONG).writeByte(MASKED).writeInt(0);
    }

    private static ByteBuf text(ByteBufAllocator buffers, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteBuf frame = buffers.buffer(bytes.length + 64).writeByte(TEXT);
        if (bytes.length < TWO_BYTES_FOLLOW) {
            frame.writeByte(MASKED | bytes.length);
        } else {
            frame.writeByte(MASKED | TWO_BYTES_FOLLOW).writeShort(bytes.length);
        }
        return frame.writeInt(0).writeBytes(bytes);
    }

    private static ByteBuf ascii(ByteBufAllocator buffers, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return buffers.buffer(bytes.length).writeBytes(bytes);
    }
}
