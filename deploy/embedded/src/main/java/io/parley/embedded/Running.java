package io.parley.embedded;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/**
 * What a keeper tells its users through {@code servers.properties}: how to reach it and how to reach the servers.
 *
 * @param token the first line that a user sends, so that other users of the machine cannot command the keeper
 */
record Running(
        PidFile keeper,
        int controlPort,
        String token,
        Map<String, String> settings,
        Map<String, String> tlsSettings,
        Map<EmbeddedServer, Started> servers) {
    private static final String PLAIN = "plain.";
    private static final String TLS = "tls.";

    /** One server as its start left it: name and version for people, time it took, where it listens. */
    record Started(String title, Duration took, String address) {}

    static Optional<Running> read(Folder folder) {
        return PrivateFile.read(folder.servers()).map(Running::parse);
    }

    void write(Folder folder) {
        Map<String, String> entries = new HashMap<>();
        entries.put("keeper.pid", Long.toString(keeper.pid()));
        entries.put("keeper.started", keeper.started().toString());
        entries.put("control.port", Integer.toString(controlPort));
        entries.put("control.token", token);
        settings.forEach((name, value) -> entries.put(PLAIN + name, value));
        tlsSettings.forEach((name, value) -> entries.put(TLS + name, value));
        servers.forEach((server, started) -> {
            entries.put(server.key() + ".title", started.title());
            entries.put(server.key() + ".millis", Long.toString(started.took().toMillis()));
            entries.put(server.key() + ".address", started.address());
        });
        PrivateFile.write(folder.servers(), entries);
    }

    private static Running parse(Properties entries) {
        PidFile keeper = new PidFile(
                Long.parseLong(entries.getProperty("keeper.pid")),
                Instant.parse(entries.getProperty("keeper.started")));
        return new Running(
                keeper,
                Integer.parseInt(entries.getProperty("control.port")),
                entries.getProperty("control.token"),
                below(PLAIN, entries),
                below(TLS, entries),
                servers(entries));
    }

    private static Map<EmbeddedServer, Started> servers(Properties entries) {
        Map<EmbeddedServer, Started> servers = new EnumMap<>(EmbeddedServer.class);
        for (EmbeddedServer server : EmbeddedServer.values()) {
            Duration took = Duration.ofMillis(Long.parseLong(entries.getProperty(server.key() + ".millis")));
            servers.put(
                    server,
                    new Started(
                            entries.getProperty(server.key() + ".title"),
                            took,
                            entries.getProperty(server.key() + ".address")));
        }
        return servers;
    }

    private static Map<String, String> below(String prefix, Properties entries) {
        Map<String, String> below = new HashMap<>();
        for (String name : entries.stringPropertyNames()) {
            if (name.startsWith(prefix)) {
                below.put(name.substring(prefix.length()), entries.getProperty(name));
            }
        }
        return Map.copyOf(below);
    }
}
