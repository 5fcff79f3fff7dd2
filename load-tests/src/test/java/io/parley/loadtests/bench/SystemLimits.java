package io.parley.loadtests.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** What this machine lets one process and one address have, as far as it says so. */
final class SystemLimits {
    /** For jars, logs, and connections to other servers. */
    private static final int OTHER_FILES = 1_000;

    private static final int MOST = 16 * 1024;

    private SystemLimits() {}

    /** Value: why so many connections cannot be; empty if they can. */
    static Optional<String> against(int connections) {
        long files = openFiles();
        if (files < connections + OTHER_FILES) {
            return Optional.of(connections + " connections need " + (connections + OTHER_FILES)
                    + " open files in a process, and may have " + files + ": raise ulimit -n");
        }
        long ports = ports();
        if (ports < connections) {
            return Optional.of(connections + " connections need as many ports, and there are " + ports
                    + ": widen net.ipv4.ip_local_port_range");
        }
        return Optional.empty();
    }

    /** The hard limit: a JVM raises its own to that. */
    private static long openFiles() {
        return read(Path.of("/proc/self/limits"))
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("Max open files"))
                        .findFirst())
                .map(line -> line.split(" +")[4])
                .map(word -> word.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(word))
                .orElse(Long.MAX_VALUE);
    }

    private static long ports() {
        return read(Path.of("/proc/sys/net/ipv4/ip_local_port_range"))
                .map(text -> text.strip().split("\\s+"))
                .map(range -> Long.parseLong(range[1]) - Long.parseLong(range[0]) + 1)
                .orElse(Long.MAX_VALUE);
    }

    private static Optional<String> read(Path file) {
        // At once: the kernel answers the first read of such a file, whatever that asks for.
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(new String(in.readNBytes(MOST), StandardCharsets.US_ASCII));
        } catch (IOException anotherSystem) {
            return Optional.empty();
        }
    }
}
