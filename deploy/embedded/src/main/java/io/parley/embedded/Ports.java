package io.parley.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/** The folder's ports, the same at every start as long as nobody else took them. */
record Ports(Map<Port, Integer> numbers) {
    /** Below what systems give to outgoing connections, so that a stopped server's port stays free by itself. */
    private static final int LOWEST = 15_000;

    private static final int HIGHEST = 32_000;

    enum Port {
        POSTGRES,
        KAFKA,
        KAFKA_TLS,
        KAFKA_CONTROLLER,
        REDIS,
        REDIS_TLS,
        S3,
        S3_TLS;

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    static Ports of(Folder folder) {
        Properties known = PrivateFile.read(folder.ports()).orElseGet(Properties::new);
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            int before = Integer.parseInt(known.getProperty(port.key(), "0"));
            numbers.put(port, isFree(before) ? before : another(numbers));
        }
        Ports ports = new Ports(numbers);
        ports.write(folder);
        return ports;
    }

    int get(Port port) {
        return numbers.getOrDefault(port, 0);
    }

    String address(Port port) {
        return "127.0.0.1:" + get(port);
    }

    private void write(Folder folder) {
        Map<String, String> entries = new HashMap<>();
        numbers.forEach((port, number) -> entries.put(port.key(), Integer.toString(number)));
        PrivateFile.write(folder.ports(), entries);
    }

    private static int another(Map<Port, Integer> taken) {
        return new SecureRandom()
                .ints(LOWEST, HIGHEST)
                .limit(1_000)
                .filter(number -> !taken.containsValue(number))
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new EmbeddedServersException(
                        "No free port found between " + LOWEST + " and " + HIGHEST + " on 127.0.0.1"));
    }

    private static boolean isFree(int number) {
        if (number == 0) {
            return false;
        }
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
