package io.parley.app.testing;

import io.parley.api.Routes;
import io.parley.api.client.ParleyClient;
import io.parley.app.rsocket.RSocketTcpServer;
import io.rsocket.metadata.WellKnownMimeType;
import io.rsocket.transport.ClientTransport;
import io.rsocket.transport.netty.client.TcpClientTransport;
import io.rsocket.transport.netty.client.WebsocketClientTransport;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.Environment;
import org.springframework.messaging.rsocket.RSocketRequester;
import org.springframework.messaging.rsocket.RSocketStrategies;
import org.springframework.security.rsocket.metadata.BearerTokenAuthenticationEncoder;
import org.springframework.security.rsocket.metadata.BearerTokenMetadata;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;
import reactor.core.publisher.Mono;

/** Clients of one running node, on each of its ports. */
public final class Node {
    public static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final MimeType AUTHENTICATION =
            MimeTypeUtils.parseMimeType(WellKnownMimeType.MESSAGE_RSOCKET_AUTHENTICATION.getString());

    private final ApplicationContext context;
    private final Environment environment;
    private final RSocketTcpServer rsocket;
    private final RSocketStrategies strategies;

    Node(ApplicationContext context, Environment environment, RSocketTcpServer rsocket, RSocketStrategies strategies) {
        this.context = context;
        this.environment = environment;
        this.rsocket = rsocket;
        this.strategies = strategies;
    }

    /** Of a node that a test started itself. */
    public static Node of(ApplicationContext context) {
        return new Node(
                context,
                context.getEnvironment(),
                context.getBean(RSocketTcpServer.class),
                context.getBean(RSocketStrategies.class));
    }

    public WebTestClient http() {
        return client(port("local.server.port"));
    }

    /** With the access token of somebody who has signed in. */
    public WebTestClient http(String token) {
        return http().mutate()
                .defaultHeaders(headers -> headers.setBearerAuth(token))
                .build();
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

    public URI tcp() {
        return URI.create("tcp://127.0.0.1:" + rsocket.port());
    }

    /** A connection of the client that others use, of somebody who has signed in. */
    public ParleyClient client(String token, URI server) {
        return Objects.requireNonNull(
                ParleyClient.connect(server, Mono.just(token)).block(TIMEOUT));
    }

    /** A connection of its own: callers are told apart by it. */
    public RSocketRequester requester(ClientTransport transport) {
        return RSocketRequester.builder().rsocketStrategies(strategies).transport(transport);
    }

    /** A connection of somebody who has signed in: the token goes with the setup. */
    public RSocketRequester requester(String token, ClientTransport transport) {
        return RSocketRequester.builder()
                .rsocketStrategies(strategies
                        .mutate()
                        .encoder(new BearerTokenAuthenticationEncoder())
                        .build())
                .setupMetadata(new BearerTokenMetadata(token), AUTHENTICATION)
                .transport(transport);
    }

    /** The same request with a token of its own; over a connection that {@link #requester(String, ClientTransport)} made. */
    public static RSocketRequester.RequestSpec bearing(String token, RSocketRequester.RequestSpec request) {
        return request.metadata(new BearerTokenMetadata(token), AUTHENTICATION);
    }

    /** A part of the node: for what no client sees. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public int port(String property) {
        return environment.getRequiredProperty(property, Integer.class);
    }
}
