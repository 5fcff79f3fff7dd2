package io.parley.app.rsocket;

import io.parley.api.Limits;
import io.parley.app.gateway.ReadWhileWritableHandler;
import io.parley.app.gateway.StalledPeerHandler;
import io.parley.app.worker.Phases;
import io.rsocket.transport.netty.RSocketLengthCodec;
import io.rsocket.transport.netty.TcpDuplexConnection;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** RSocket on a TCP port of its own. Opens with the HTTP server, and closes with it: after the drain. */
@Component
public final class RSocketTcpServer implements SmartLifecycle {
    private static final Duration BIND_WITHIN = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(RSocketTcpServer.class);

    private final RSocketConnections connections;
    private final TcpServer tcp;
    private volatile @Nullable DisposableServer server;

    RSocketTcpServer(RSocketConnections connections, RSocketProperties properties, ReactorResourceFactory eventLoops) {
        this.connections = connections;
        this.tcp = tcp(properties, eventLoops.getLoopResources());
    }

    static TcpServer tcp(RSocketProperties properties, LoopResources loops) {
        return TcpServer.create()
                .runOn(loops)
                .doOnChannelInit((observer, channel, remote) ->
                        channel.pipeline().addFirst(new StalledPeerHandler(), new ReadWhileWritableHandler()))
                .bindAddress(() -> new InetSocketAddress(properties.address(), properties.port()));
    }

    @Override
    public void start() {
        DisposableServer bound = tcp.handle((in, out) -> serve((Connection) in)).bindNow(BIND_WITHIN);
        log.info("RSocket started on port {}", bound.port());
        server = bound;
    }

    private Mono<Void> serve(Connection connection) {
        connection.addHandlerLast(new RSocketLengthCodec(Limits.MAX_INBOUND_BYTES));
        return connections.serve(new TcpDuplexConnection("server", connection), connection.channel());
    }

    /** The port that was bound, which differs from the setting if that is 0. */
    public int port() {
        return Objects.requireNonNull(server, "not started").port();
    }

    @Override
    public void stop() {
        DisposableServer bound = server;
        if (bound != null) {
            bound.dispose();
        }
        server = null;
    }

    @Override
    public boolean isRunning() {
        return server != null;
    }

    @Override
    public int getPhase() {
        return Phases.SERVERS;
    }

    @Override
    public boolean isPauseable() {
        return false;
    }
}
