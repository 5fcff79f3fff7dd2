package io.parley.loadtests.browser;

import io.parley.embedded.EmbeddedServers;
import io.parley.loadtests.ServerNode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Two nodes and a browser for all tests of the run; a test takes it as a parameter. */
final class Site implements AutoCloseable {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);

    /** Of a fast compiler and a small collector: these nodes live for a minute. */
    private static final String[] FLAGS = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"};

    private final EmbeddedServers servers = EmbeddedServers.attach();
    private final Chromium chromium;
    private final ServerNode one;
    private ServerNode two;

    private Site() {
        this.chromium = Chromium.start();
        this.one = start("browser-one", Map.of());
        this.two = start("browser-two", Map.of());
        one.awaitReady(READY_WITHIN);
        two.awaitReady(READY_WITHIN);
    }

    ServerNode one() {
        return one;
    }

    ServerNode two() {
        return two;
    }

    /** Stops the second node as an operator does, and returns when it has ended. */
    void stopTwo() {
        two.terminate();
        two.awaitExit(READY_WITHIN);
    }

    /** Starts it again, on the same ports. */
    void startTwo() {
        two = start("browser-two-again", two.ports().settings());
        two.awaitReady(READY_WITHIN);
    }

    /** A browser of its own: it shares nothing with the others. */
    Screen desktop(ServerNode node) {
        return new Screen(chromium.browser(), node.http(), 1200, 760);
    }

    Screen phone(ServerNode node) {
        return new Screen(chromium.browser(), node.http(), 360, 640);
    }

    /** Tests register more people from one address than strangers may. */
    private ServerNode start(String name, Map<String, String> ports) {
        Map<String, String> settings = new HashMap<>(servers.settings());
        settings.putAll(Map.of("PARLEY_REGISTRATION_BURST", "100000", "PARLEY_SIGN_IN_BURST", "100000"));
        settings.put("PARLEY_DRAIN_NOTICE", "1s");
        settings.putAll(ports);
        return ServerNode.start(name, settings, FLAGS);
    }

    @Override
    public void close() {
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(two::close);
        one.close();
        stopped.join();
        chromium.close();
        servers.close();
    }

    /** One site for the run, closed at its end. */
    static final class Extension implements ParameterResolver {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Site.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Site.class, key -> new Site(), Site.class);
        }
    }
}
