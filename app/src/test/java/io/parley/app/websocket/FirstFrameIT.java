package io.parley.app.websocket;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.app.testing.Person;
import io.parley.app.testing.ServerTest;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Clients that say hello the moment they have read that the connection is a WebSocket. */
@ServerTest
class FirstFrameIT {
    private static final int CLIENTS = 150;
    private static final String HELLO = "{\"type\":\"hello\"}";
    private static final String RESUME = "{\"type\":\"resume\",\"last\":true}";

    private final Node node;
    private final String token;

    FirstFrameIT(Node node) {
        this.node = node;
        this.token = Person.on(node).token();
    }

    @Test
    void theFirstFrameIsHeardHoweverSoonItComes() throws IOException {
        for (int i = 0; i < CLIENTS; i++) {
            try (Socket socket = new Socket("127.0.0.1", node.port("local.server.port"))) {
                socket.setSoTimeout((int) Node.TIMEOUT.toMillis());
                DataInputStream in = new DataInputStream(socket.getInputStream());
                socket.getOutputStream().write(upgrade());
                head(in);
                socket.getOutputStream().write(frame(HELLO));
                socket.getOutputStream().write(frame(RESUME));

                assertThat(firstFrame(in)).as("client %d", i).startsWith("{\"type\":\"ready\"");
            }
        }
    }

    private byte[] upgrade() {
        return ("GET " + Routes.LIVE_SOCKET + " HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + "Authorization: Bearer " + token + "\r\n\r\n")
                .getBytes(US_ASCII);
    }

    private static void head(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
    }

    /** Masked by zeros. */
    private static byte[] frame(String text) {
        return ByteBuffer.allocate(6 + text.length())
                .put((byte) 0x81)
                .put((byte) (0x80 | text.length()))
                .putInt(0)
                .put(text.getBytes(US_ASCII))
                .array();
    }

    private static String firstFrame(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte();
        return new String(in.readNBytes(length < 126 ? length : in.readUnsignedShort()), US_ASCII);
    }
}
