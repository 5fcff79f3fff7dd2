package io.parley.embedded;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An open connection to the keeper: while it is there the servers are, and the kernel ends it with its process. */
final class Lease implements Closeable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);
    private static final Duration GREETED_WITHIN = Duration.ofSeconds(10);

    private final Socket socket;
    private final BufferedReader answers;

    private Lease(Socket socket) throws IOException {
        this.socket = socket;
        this.answers = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A lease from that keeper, unless it is gone or about to go. */
    static Optional<Lease> from(Running running) {
        Socket socket = new Socket();
        try {
            InetSocketAddress keeper = new InetSocketAddress(InetAddress.getLoopbackAddress(), running.controlPort());
            socket.connect(keeper, (int) CONNECT_WITHIN.toMillis());
            Lease lease = new Lease(socket);
            if (Protocol.HELLO.equals(lease.ask(running.token(), GREETED_WITHIN))) {
                return Optional.of(lease);
            }
        } catch (IOException | UncheckedIOException notThere) {
            // Whoever has the port now, it is not a keeper that takes users.
        }
        closeQuietly(socket);
        return Optional.empty();
    }

    /** The keeper's answer; null if it hung up instead. */
    synchronized @Nullable String ask(String line, Duration within) {
        try {
            socket.setSoTimeout((int) within.toMillis());
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            return answers.readLine();
        } catch (IOException error) {
            throw new UncheckedIOException(error);
        }
    }

    @Override
    public void close() {
        closeQuietly(socket);
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException closedEnough) {
            // Nothing is left to be done about it.
        }
    }
}
