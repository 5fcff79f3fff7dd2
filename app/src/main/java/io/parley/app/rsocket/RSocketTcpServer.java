package io.parley.app.rsocket;

import io.parley.api.Limits;
import io.parley.app.worker.Phases;
import io.rsocket.core.RSocketServer;
import io.rsocket.transport.netty.server.CloseableChannel;
import io.rsocket.transport.netty.server.TcpServerTransport;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.TcpServer;

/** RSocket on a TCP port of its own. Opens with the HTTP server, and closes with it: after the drain. */
public final class RSocketTcpServer implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(RSocketTcpServer.class);

    private final RSocketServer server;
    private final TcpServer tcp;
    private volatile @Nullable CloseableChannel channel;

    RSocketTcpServer(RSocketServer server, RSocketProperties properties, LoopResources loops) {
        this.server = server;
        this.tcp = TcpServer.create()
                .runOn(loops)
                .bindAddress(() -> new InetSocketAddress(properties.address(), properties.port()));
    }

    @Override
    public void start() {
        CloseableChannel bound = server.bindNow(TcpServerTransport.create(tcp, Limits.MAX_INBOUND_BYTES));
        log.info("RSocket started on port {}", bound.address().getPort());
        channel = bound;
    }

    /** The port that was bound, which differs from the setting if that is 0. */
    public int port() {
        return Objects.requireNonNull(channel, "not started").address().getPort();
    }

    @Override
    public void stop() {
        CloseableChannel bound = channel;
        if (bound != null) {
            bound.dispose();
        }
        channel = null;
    }

    @Override
    public boolean isRunning() {
        return channel != null;
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
