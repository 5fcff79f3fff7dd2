package io.parley.infra;

import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.error.Unavailable;
import io.parley.infra.startup.Backend;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.util.retry.Retry;

/** A server without transports: this module's auto-configurations on the real servers. Several of them are a cluster. */
public final class Node implements AutoCloseable {
    private static final Duration STORE_WITHIN = Duration.ofSeconds(20);
    private static final Duration ALL_WITHIN = Duration.ofSeconds(20);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    private static final int CONNECTIONS = 4;

    /** What {@code application.yaml} has as defaults, with a pool that is smaller than the crowds in the tests. */
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("parley.startup.patience", "10s"),
            Map.entry("parley.postgres.allow-plaintext", "false"),
            Map.entry("parley.postgres.pool-size", "4"),
            Map.entry("parley.postgres.acquire-timeout", "2s"),
            Map.entry("parley.postgres.statement-timeout", "5s"),
            Map.entry("parley.postgres.answer-timeout", "10s"),
            Map.entry("parley.kafka.allow-plaintext", "false"),
            Map.entry("parley.kafka.partitions", "3"),
            Map.entry("parley.kafka.replication", "1"),
            Map.entry("parley.redis.allow-plaintext", "false"),
            Map.entry("parley.redis.timeout", "500ms"),
            Map.entry("parley.s3.allow-plaintext", "false"),
            Map.entry("parley.token.issuer", "parley"));

    /** All nodes of this module work on one life of the store. */
    private final ConfigurableApplicationContext context;

    private Node(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static Node start() {
        return start(Map.of());
    }

    /** With some of the properties replaced. */
    public static Node start(Map<String, String> own) {
        Map<String, Object> properties = new HashMap<>(DEFAULTS);
        properties.putAll(Servers.properties());
        properties.putAll(own);
        return new Node(new SpringApplicationBuilder(Wiring.class)
                        .web(WebApplicationType.NONE)
                        .properties(properties)
                        .run("--spring.main.banner-mode=off", "--spring.main.log-startup-info=false"))
                .withAll();
    }

    /** A start does not wait for what a server can do without. Nothing runs here that would open it later. */
    private Node withAll() {
        Flux.fromIterable(context.getBeansOfType(Backend.class).values())
                .filter(backend -> !backend.required())
                .concatMap(backend -> backend.open().retryWhen(Retry.fixedDelay(Long.MAX_VALUE, AGAIN_AFTER)))
                .then()
                .block(ALL_WITHIN);
        return this;
    }

    /** Two nodes that run already and are shared by all tests: do not close them. */
    public static Node first() {
        return Cluster.FIRST;
    }

    public static Node second() {
        return Cluster.SECOND;
    }

    /** Waits until both reach PostgreSQL again: a pool learns that a connection died when it hands it out. */
    public static void awaitStore() {
        Awaitility.await()
                .atMost(STORE_WITHIN)
                .ignoreExceptionsInstanceOf(Unavailable.class)
                .until(() -> first().reachesStore() && second().reachesStore());
    }

    private boolean reachesStore() {
        SessionRepository sessions = get(SessionRepository.class);
        return Flux.range(0, CONNECTIONS)
                .flatMap(i -> sessions.revoke(new SessionId(UUID.randomUUID())).thenReturn(true), CONNECTIONS)
                .all(done -> done)
                .blockOptional(STORE_WITHIN)
                .orElseThrow();
    }

    public <T> T get(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class Cluster {
        static final Node FIRST = start();
        static final Node SECOND = start();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Wiring {}
}
