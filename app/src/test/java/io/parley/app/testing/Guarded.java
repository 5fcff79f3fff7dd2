package io.parley.app.testing;

import io.parley.app.gateway.ReadWhileWritableHandler;
import io.parley.app.gateway.StalledPeerHandler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableServer;
import reactor.netty.transport.ServerTransport;

/** Looks into the pipeline of a connection that a server has just accepted. */
public final class Guarded {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private Guarded() {}

    /** Whether the server closes peers that take nothing, and until then hears nothing from them. */
    public static boolean closesStalledPeers(ServerTransport<?, ?> server) throws IOException {
        Sinks.One<Boolean> guarded = Sinks.one();
        DisposableServer bound = server.doOnChannelInit((observer, channel, remote) ->
                        guarded.tryEmitValue(channel.pipeline().get(StalledPeerHandler.class) != null
                                && channel.pipeline().get(ReadWhileWritableHandler.class) != null))
                .bindNow(TIMEOUT);
        try (Socket peer = new Socket("127.0.0.1", bound.port())) {
            return peer.isConnected() && Boolean.TRUE.equals(guarded.asMono().block(TIMEOUT));
        } finally {
            bound.disposeNow(TIMEOUT);
        }
    }
}
