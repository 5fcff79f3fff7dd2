package io.parley.app.rsocket;

import io.netty.channel.Channel;
import io.parley.api.Limits;
import io.parley.app.gateway.Closing;
import io.parley.app.gateway.PeerRoom;
import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.RequestIds;
import io.rsocket.DuplexConnection;
import io.rsocket.SocketAcceptor;
import io.rsocket.core.RSocketServer;
import io.rsocket.exceptions.ConnectionCloseException;
import io.rsocket.plugins.RSocketInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.rsocket.server.RSocketServerCustomizer;
import org.springframework.messaging.rsocket.annotation.support.RSocketMessageHandler;
import org.springframework.stereotype.Component;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Serves the connections of both transports alike. Each has an {@link RSocketServer} of its own, which is the only way
 * to tell a responder who calls. Spring Boot's own servers leave the length of a frame at 16 MiB, which the limit on
 * payloads then contradicts.
 */
@Component
final class RSocketConnections {
    /** A connection that does not say what it wants is closed: RSocket's own default is a minute. */
    private static final Duration FIRST_FRAME_WITHIN = Duration.ofSeconds(5);

    /** When the node stops, streams end first, each with a reason that its reader understands. */
    private static final Duration AFTER_STREAMS = Duration.ofMillis(100);

    private final SocketAcceptor routes;
    private final RSocketProblems problems;
    private final Closing closing;
    private final List<RSocketServerCustomizer> customizers;

    /** Customizers are those of the security rules, and of whoever watches. */
    RSocketConnections(
            RSocketMessageHandler routes,
            RSocketProblems problems,
            Closing closing,
            List<RSocketServerCustomizer> customizers) {
        this.routes = routes.responder();
        this.problems = problems;
        this.closing = closing;
        this.customizers = customizers;
    }

    /**
     * Serves a connection for as long as it lasts; completes no earlier.
     *
     * @param channel what carries it
     */
    Mono<Void> serve(DuplexConnection connection, Channel channel) {
        String address = RequestContext.addressOf(internetAddress(connection.remoteAddress()));
        Mono<Void> served = server(address, PeerRoom.of(channel))
                .asConnectionAcceptor(Limits.MAX_INBOUND_BYTES)
                .apply(new HearingConnection(connection, problems));
        return Mono.when(served, closed(connection)).then(Mono.never());
    }

    private RSocketServer server(String address, PeerRoom room) {
        RSocketInterceptor requestScope = responder -> new RequestScope(responder, address, room, problems);
        RSocketServer server = RSocketServer.create(routes)
                .maxInboundPayloadSize(Limits.MAX_INBOUND_BYTES)
                // What is longer than the longest frame, as a list of 500 is, goes in parts: RSocket drops it
                // otherwise.
                .fragment(Limits.MAX_INBOUND_BYTES)
                .maxTimeToFirstFrame(FIRST_FRAME_WITHIN)
                .interceptors(interceptors -> interceptors.forResponder(requestScope));
        customizers.forEach(customizer -> customizer.customize(server));
        // Around the security rules: what they refuse of a setup is told like everything else.
        return server.interceptors(interceptors -> interceptors.forSocketAcceptor(this::explaining));
    }

    private SocketAcceptor explaining(SocketAcceptor acceptor) {
        return (setup, peer) ->
                acceptor.accept(setup, peer).onErrorMap(error -> problems.frame(error, RequestIds.next()));
    }

    /** A connection on which nothing streams would not notice that the node stops. */
    private Mono<Void> closed(DuplexConnection connection) {
        return closing.told()
                // On a thread that may wait: outside of event loops Netty's allocator has a lock.
                .then(Mono.delay(AFTER_STREAMS, Schedulers.boundedElastic()))
                .then(Mono.<Void>fromRunnable(
                        () -> connection.sendErrorAndClose(new ConnectionCloseException("node.stopping"))))
                .takeUntilOther(connection.onClose());
    }

    private static @Nullable InetSocketAddress internetAddress(@Nullable SocketAddress address) {
        return address instanceof InetSocketAddress internet ? internet : null;
    }
}
