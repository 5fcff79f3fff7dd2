package io.parley.app.testing;

import io.parley.api.Routes;
import io.parley.app.rsocket.RSocketTcpServer;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import java.net.URI;
import java.time.Duration;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.messaging.rsocket.RSocketRequester;
import org.springframework.messaging.rsocket.RSocketStrategies;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Clients of one running node, on each of its ports. */
public final class Node {
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    private final Environment environment;
    private final RSocketTcpServer rsocket;
    private final RSocketStrategies strategies;

    Node(Environment environment, RSocketTcpServer rsocket, RSocketStrategies strategies) {
        this.environment = environment;
        this.rsocket = rsocket;
        this.strategies = strategies;
    }

    /** Of a node that a test started itself. */
    public static Node of(ApplicationContext context) {
        return new Node(
                context.getEnvironment(),
                context.getBean(RSocketTcpServer.class),
                context.getBean(RSocketStrategies.class));
    }

    public WebTestClient http() {
        return client(port("local.server.port"));
    }

    public WebTestClient management() {
        return client(port("local.management.port"));
    }

    private static WebTestClient client(int port) {
        return WebTestClient.bindToServer()
                .baseUrl("http://127.0.0.1:" + port)
                .responseTimeout(TIMEOUT)
                .build();
    }

    public URI webSocket(String path) {
        return URI.create("ws://127.0.0.1:" + port("local.server.port") + path);
    }

    public ClientTransport rsocketOverTcp() {
        return TcpClientTransport.create("127.0.0.1", rsocket.port());
    }

    public ClientTransport rsocketOverWebSocket() {
        return WebsocketClientTransport.create(webSocket(Routes.RSOCKET));
    }

    /** A connection of its own: callers are told apart by it. */
    public RSocketRequester requester(ClientTransport transport) {
        return RSocketRequester.builder().rsocketStrategies(strategies).transport(transport);
    }

    public int port(String property) {
        return environment.getRequiredProperty(property, Integer.class);
    }
}
