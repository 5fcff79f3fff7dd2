package io.parley.loadtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Ports that are taken: a node that tries to open one of them says so instead of what it was to say. */
final class HeldPorts implements AutoCloseable {
    private final List<ServerSocket> sockets = new ArrayList<>();

    HeldPorts(NodePorts ports) {
        List.of(ports.http(), ports.rsocket(), ports.management()).forEach(this::hold);
    }

    private void hold(int port) {
        try {
            sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException alreadyTaken) {
            // just as good: somebody else holds it
        }
    }

    @Override
    public void close() throws IOException {
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }
}
