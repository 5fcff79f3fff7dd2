package io.parley.loadtests;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.parley.api.Routes;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A live connection that reads when it is told to, and whose kernel holds little: what is sent to it meanwhile has to wait
 * at the server.
 */
public final class RawLiveSocket implements AutoCloseable {
    /** The kernel takes twice what it is told. */
    public static final int RECEIVE_BUFFER = 8 * 1024;

    private static final Duration WITHIN = Duration.ofSeconds(20);
    private static final int TEXT = 0x81;
    private static final int PING = 0x89;
    private static final int MASKED = 0x80;
    private static final int TWO_BYTES_FOLLOW = 126;
    private static final int EIGHT_BYTES_FOLLOW = 127;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private long read;

    private RawLiveSocket(URI node, String token) throws IOException {
        socket.setReceiveBufferSize(RECEIVE_BUFFER);
        socket.setSoTimeout((int) WITHIN.toMillis());
        socket.connect(new InetSocketAddress(node.getHost(), node.getPort()), (int) WITHIN.toMillis());
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1_024));
        upgrade(token);
    }

    /** Connects, says hello, and returns when {@code ready} was read, from which on nothing is. */
    public static RawLiveSocket open(ServerNode node, String token) {
        try {
            RawLiveSocket live = new RawLiveSocket(node.http(), token);
            live.say("{\"type\":\"hello\"}");
            live.say("{\"type\":\"resume\",\"last\":true}");
            String first = live.next();
            if (!first.contains("\"ready\"")) {
                throw new IllegalStateException("not ready: " + first);
            }
            return live;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void upgrade(String token) throws IOException {
        socket.getOutputStream()
                .write(("GET " + Routes.LIVE_SOCKET + " HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\n"
                                + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                                + "Authorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(US_ASCII));
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new IOException(head.toString());
        }
    }

    /** Masked by zeros, which leave it as it is; for short frames. */
    private void say(String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        socket.getOutputStream()
                .write(ByteBuffer.allocate(6 + bytes.length)
                        .put((byte) TEXT)
                        .put((byte) (MASKED | bytes.length))
                        .putInt(0)
                        .put(bytes)
                        .array());
    }

    /** The next frame; pings are passed over. Errors: {@code UncheckedIOException} if there is none in time. */
    public String next() {
        try {
            int type = in.readUnsignedByte();
            byte[] payload = in.readNBytes(length());
            while (type == PING) {
                type = in.readUnsignedByte();
                payload = in.readNBytes(length());
            }
            if (type != TEXT) {
                throw new IOException(
                        "the server closes: " + ByteBuffer.wrap(payload).getShort());
            }
            read += payload.length;
            return new String(payload, UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private int length() throws IOException {
        int length = in.readUnsignedByte();
        if (length == TWO_BYTES_FOLLOW) {
            return in.readUnsignedShort();
        }
        return length == EIGHT_BYTES_FOLLOW ? Math.toIntExact(in.readLong()) : length;
    }

    /** How many bytes of frames have been read so far. */
    public long bytesRead() {
        return read;
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
