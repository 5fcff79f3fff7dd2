package io.parley.loadtests;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The ports of one node. */
public record NodePorts(int http, int rsocket, int management) {
    /** Below what systems give to outgoing connections, so that the ports of a stopped node stay free. */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;
    private static final int TRIES = 1_000;
    private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

    /** Ports on which nothing listens, and which are not given to another node of this JVM. */
    public static NodePorts free() {
        return new NodePorts(next(), next(), next());
    }

    /** As variables, on the loopback address. */
    public Map<String, String> settings() {
        return Map.of(
                "PARLEY_HTTP_ADDRESS",
                "127.0.0.1",
                "PARLEY_HTTP_PORT",
                String.valueOf(http),
                "PARLEY_RSOCKET_ADDRESS",
                "127.0.0.1",
                "PARLEY_RSOCKET_PORT",
                String.valueOf(rsocket),
                "PARLEY_MANAGEMENT_ADDRESS",
                "127.0.0.1",
                "PARLEY_MANAGEMENT_PORT",
                String.valueOf(management));
    }

    /** Those of a node with this environment; 0 where that names no port. */
    static NodePorts of(Map<String, String> environment) {
        return new NodePorts(
                port(environment.getOrDefault("PARLEY_HTTP_PORT", "8080")),
                port(environment.getOrDefault("PARLEY_RSOCKET_PORT", "7070")),
                port(environment.getOrDefault("PARLEY_MANAGEMENT_PORT", "9090")));
    }

    private static int port(String text) {
        return text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
    }

    private static int next() {
        return ThreadLocalRandom.current()
                .ints(TRIES, LOWEST, HIGHEST)
                .filter(NodePorts::isFree)
                .filter(TAKEN::add)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no free port"));
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
