package io.parley.infra;

import io.parley.embedded.EmbeddedServer;
import io.parley.embedded.EmbeddedServers;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The real servers of this build, shared by all tests of the module; they end with it. */
public final class Servers {
    private static final EmbeddedServers RUNNING = EmbeddedServers.attach();

    private Servers() {}

    /** The {@code PARLEY_*} variables that lead to them, as the properties that {@code application.yaml} makes of them. */
    public static Map<String, String> properties() {
        return RUNNING.settings().entrySet().stream()
                .collect(Collectors.toMap(setting -> property(setting.getKey()), Map.Entry::getValue));
    }

    /** {@code PARLEY_S3_ACCESS_KEY} is {@code parley.s3.access-key}. */
    private static String property(String variable) {
        String[] words = variable.toLowerCase(Locale.ROOT).split("_", 3);
        return words[0] + "." + words[1] + "." + words[2].replace('_', '-');
    }

    /** Without this server while the action runs; it is there again afterwards, come what may. */
    public static void without(EmbeddedServer server, Runnable action) {
        RUNNING.stop(server);
        backAfter(server, action);
    }

    /** The same after a crash instead of a clean stop. */
    public static void withoutKilled(EmbeddedServer server, Runnable action) {
        RUNNING.kill(server);
        backAfter(server, action);
    }

    private static void backAfter(EmbeddedServer server, Runnable action) {
        try {
            action.run();
        } finally {
            RUNNING.start(server);
            if (server == EmbeddedServer.POSTGRES) {
                Node.awaitStore();
            }
        }
    }
}
