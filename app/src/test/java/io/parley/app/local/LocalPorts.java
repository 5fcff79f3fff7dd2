package io.parley.app.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.stream.IntStream;

/** The ports of one node: the well-known ones, or for the next nodes those ten, twenty, … above. */
record LocalPorts(int http, int rsocket, int management) {
    private static final int NODES = 20;

    static LocalPorts free() {
        return IntStream.range(0, NODES)
                .map(node -> 10 * node)
                .mapToObj(above -> new LocalPorts(8080 + above, 7070 + above, 9090 + above))
                .filter(LocalPorts::areFree)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free ports from 8080, 7070 and 9090 on"));
    }

    private boolean areFree() {
        return isFree(http) && isFree(rsocket) && isFree(management);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }

    Map<String, String> settings() {
        return Map.of(
                "PARLEY_HTTP_PORT", String.valueOf(http),
                "PARLEY_RSOCKET_PORT", String.valueOf(rsocket),
                "PARLEY_MANAGEMENT_PORT", String.valueOf(management));
    }
}
