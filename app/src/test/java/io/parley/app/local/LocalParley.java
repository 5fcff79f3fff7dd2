package io.parley.app.local;

import io.parley.app.ParleyApplication;
import io.parley.embedded.EmbeddedServers;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the embedded servers, or attaches to them, and then a node that uses them. Started again while one runs, it
 * makes a second node, on the next free ports.
 */
public final class LocalParley {

    private LocalParley() {}

    public static void main(String[] args) {
        EmbeddedServers servers = EmbeddedServers.attach();
        servers.settings().forEach(LocalParley::setting);
        LocalPorts.free().settings().forEach(LocalParley::setting);
        LOCAL.forEach(LocalParley::setting);
        ConfigurableApplicationContext node = start(args, new ReadyBlock(servers));
        endWithParent(node);
    }

    /** What a laptop wants otherwise than a server in a data centre; what the environment says goes first. */
    private static final Map<String, String> LOCAL = Map.of(
            "PARLEY_HTTP_ADDRESS", "127.0.0.1",
            "PARLEY_RSOCKET_ADDRESS", "127.0.0.1",
            "PARLEY_DRAIN_NOTICE", "0s",
            "PARLEY_LOG_FORMAT", "text",
            "PARLEY_LOG_LEVEL", "warn");

    private static void setting(String variable, String value) {
        if (System.getenv(variable) == null) {
            System.setProperty(variable, value);
        }
    }

    private static ConfigurableApplicationContext start(
            String[] args, ApplicationListener<ApplicationReadyEvent> whenReady) {
        SpringApplication application = new SpringApplication(ParleyApplication.class);
        application.addListeners(whenReady);
        return application.run(args);
    }

    /** Maven may be killed without a chance to tell us. */
    private static void endWithParent(ConfigurableApplicationContext node) {
        ProcessHandle.current().parent().ifPresent(maven -> maven.onExit()
                .thenRun(() -> System.exit(SpringApplication.exit(node))));
    }
}
