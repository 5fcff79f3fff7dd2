package io.parley.embedded;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where users of the keeper connect: checks their token, counts them and answers their commands. */
final class ControlPort implements Closeable {
    private static final Logger log = LoggerFactory.getLogger(ControlPort.class);
    private static final Duration TOKEN_WITHIN = Duration.ofSeconds(5);
    private static final int BACKLOG = 64;

    private final ServerSocket socket = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final byte[] token;
    private final Leases leases;
    private final UnaryOperator<String> commands;

    ControlPort(String token, Leases leases, UnaryOperator<String> commands) throws IOException {
        this.token = token.getBytes(StandardCharsets.US_ASCII);
        this.leases = leases;
        this.commands = commands;
    }

    int number() {
        return socket.getLocalPort();
    }

    void open() {
        inBackground("control", this::accept);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket user = socket.accept();
                inBackground("user", () -> serve(user));
            } catch (IOException error) {
                log.debug("The control port accepts no more", error);
            }
        }
    }

    private void serve(Socket user) {
        try (user) {
            user.setSoTimeout((int) TOKEN_WITHIN.toMillis());
            if (!knowsToken(user.getInputStream()) || !leases.enter()) {
                return;
            }
            user.setSoTimeout(0);
            converse(user);
        } catch (IOException | InterruptedException gone) {
            log.debug("A user is gone", gone);
        }
    }

    /** Reads no more than a token is long: until then it may be anybody. */
    private boolean knowsToken(InputStream input) throws IOException {
        byte[] said = input.readNBytes(token.length);
        return MessageDigest.isEqual(said, token) && input.read() == '\n';
    }

    private void converse(Socket user) throws IOException, InterruptedException {
        boolean leased = true;
        try {
            say(user, Protocol.HELLO);
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(user.getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null && !line.equals(Protocol.BYE); line = lines.readLine()) {
                say(user, commands.apply(line));
            }
            leases.leave();
            leased = false;
            if (leases.awaitUser()) {
                say(user, Protocol.STAYS);
            }
        } finally {
            if (leased) {
                leases.leave();
            }
        }
    }

    private static void say(Socket user, String line) throws IOException {
        user.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void inBackground(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }
}
