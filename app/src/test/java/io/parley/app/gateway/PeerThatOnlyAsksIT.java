package io.parley.app.gateway;

import static io.parley.app.testing.Node.TIMEOUT;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import io.rsocket.frame.FrameLengthCodec;
import io.rsocket.frame.KeepAliveFrameCodec;
import io.rsocket.frame.SetupFrameCodec;
import io.rsocket.util.DefaultPayload;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who has the server answer without end, and reads no answer. */
@ServerTest
@Tag("answers")
@Tag("always-6")
class PeerThatOnlyAsksIT {
    /** More than the kernel takes on both sides in that time, and less than a stalled peer is given. */
    private static final Duration FOR = Duration.ofSeconds(8);

    private static final Duration UNHEARD = Duration.ofSeconds(2);
    private static final int LITTLE = 8 * 1024;

    private final Node node;

    PeerThatOnlyAsksIT(Node node) {
        this.node = node;
    }

    @Test
    void pingsOverAWebSocketAreHeardNoMoreOnceTheAnswersPileUp() throws IOException {
        try (SocketChannel peer = connect(node.port("local.server.port"))) {
            say(peer, upgrade());
            peer.read(ByteBuffer.allocate(LITTLE));

            assertThat(isUnheard(peer, ping())).isTrue();
        }
    }

    @Test
    void keepAlivesOverRSocketAreHeardNoMoreOnceTheAnswersPileUp() throws IOException {
        try (SocketChannel peer = connect(node.tcp().getPort())) {
            say(peer, setup());

            assertThat(isUnheard(peer, keepAlive())).isTrue();
        }
    }

    private static SocketChannel connect(int port) throws IOException {
        SocketChannel peer = SocketChannel.open();
        peer.setOption(StandardSocketOptions.SO_RCVBUF, LITTLE);
        peer.socket().connect(new InetSocketAddress("127.0.0.1", port), (int) TIMEOUT.toMillis());
        return peer;
    }

    private static void say(SocketChannel peer, byte[] bytes) throws IOException {
        ByteBuffer all = ByteBuffer.wrap(bytes);
        while (all.hasRemaining()) {
            peer.write(all);
        }
    }

    /** Whether there comes a time in which the server takes nothing. */
    private static boolean isUnheard(SocketChannel peer, byte[] ask) throws IOException {
        ByteBuffer asks = ByteBuffer.wrap(repeated(ask, 500));
        long end = System.nanoTime() + FOR.toNanos();
        peer.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            peer.register(selector, SelectionKey.OP_WRITE);
            while (System.nanoTime() < end) {
                if (selector.select(UNHEARD.toMillis()) == 0) {
                    return true;
                }
                selector.selectedKeys().clear();
                peer.write(asks.hasRemaining() ? asks : asks.rewind());
            }
        }
        return false;
    }

    private static byte[] repeated(byte[] ask, int times) {
        byte[] asks = new byte[ask.length * times];
        for (int i = 0; i < times; i++) {
            System.arraycopy(ask, 0, asks, i * ask.length, ask.length);
        }
        return asks;
    }

    private byte[] upgrade() {
        return ("GET " + Routes.LIVE_SOCKET + " HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Authorization: Bearer " + Person.on(node).token() + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    /** Masked by zeros. */
    private static byte[] ping() {
        byte[] ping = new byte[2 + 4 + 125];
        ping[0] = (byte) 0x89;
        ping[1] = (byte) (0x80 | 125);
        Arrays.fill(ping, 6, ping.length, (byte) 'p');
        return ping;
    }

    private static byte[] setup() {
        return framed(SetupFrameCodec.encode(
                ByteBufAllocator.DEFAULT,
                false,
                20_000,
                90_000,
                "message/x.rsocket.composite-metadata.v0",
                "application/json",
                DefaultPayload.create("")));
    }

    private static byte[] keepAlive() {
        return framed(
                KeepAliveFrameCodec.encode(ByteBufAllocator.DEFAULT, true, 0, Unpooled.wrappedBuffer(new byte[64])));
    }

    private static byte[] framed(ByteBuf frame) {
        ByteBuf framed = FrameLengthCodec.encode(ByteBufAllocator.DEFAULT, frame.readableBytes(), frame);
        try {
            return ByteBufUtil.getBytes(framed);
        } finally {
            framed.release();
        }
    }
}
