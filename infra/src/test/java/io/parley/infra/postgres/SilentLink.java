package io.parley.infra.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A line to a server that can fall silent without being cut: connections are taken, and nothing is answered. */
final class SilentLink implements AutoCloseable {
    private final ServerSocket door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
    private final Queue<Socket> ends = new ConcurrentLinkedQueue<>();
    private final int server;
    private volatile boolean silent;

    SilentLink(int server) throws IOException {
        this.server = server;
        run(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** What is said from now on is lost; so connections that said something are of no use any more. */
    void fallSilent() {
        silent = true;
    }

    void speakAgain() {
        silent = false;
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = door.accept();
            Socket behind = new Socket(InetAddress.getLoopbackAddress(), server);
            ends.add(client);
            ends.add(behind);
            run(() -> pump(client, behind));
            run(() -> pump(behind, client));
        }
    }

    private void pump(Socket from, Socket to) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[8_192];
            for (int count = in.read(some); count >= 0; count = in.read(some)) {
                if (!silent) {
                    out.write(some, 0, count);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket end : ends) {
            end.close();
        }
    }

    private static void run(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // one end is gone, and so is the other
                    }
                },
                "silent-link");
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }
}
