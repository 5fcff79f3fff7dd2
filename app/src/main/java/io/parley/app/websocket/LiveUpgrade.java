package io.parley.app.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPipeline;
import io.netty.util.concurrent.EventExecutor;
import io.parley.api.Limits;
import io.parley.api.Routes;
import io.parley.app.gateway.PeerRoom;
import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.StalledPeerHandler;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;
import reactor.util.context.Context;

/**
 * Makes a WebSocket of a request, and lets its handler have the channel: Spring's own session hides it. Compression stays
 * off: inflated bytes are not capped.
 */
@Component
final class LiveUpgrade implements RequestUpgradeStrategy {
    private static final WebsocketServerSpec LIMITS = WebsocketServerSpec.builder()
            .maxFramePayloadLength(Limits.MAX_INBOUND_BYTES)
            .build();

    /** Of the handshake nothing is wanted later. */
    private static final HandshakeInfo NO_INFO =
            new HandshakeInfo(URI.create(Routes.LIVE_SOCKET), new HttpHeaders(), Mono.empty(), null);

    private final Map<EventExecutor, LoopSockets> loops = new ConcurrentHashMap<>();

    @Override
    public Mono<Void> upgrade(
            ServerWebExchange exchange,
            WebSocketHandler handler,
            @Nullable String subProtocol,
            Supplier<HandshakeInfo> handshake) {
        ServerHttpResponse response = exchange.getResponse();
        HttpServerResponse netty = ServerHttpResponseDecorator.getNativeResponse(response);
        NettyDataBufferFactory buffers = (NettyDataBufferFactory) response.bufferFactory();
        return response.setComplete()
                .then(Mono.defer(() -> netty.sendWebsocket(
                                (in, out) -> {
                                    // Both were sent: they would be kept with the socket.
                                    in.headers().clear();
                                    netty.responseHeaders().clear();
                                    return handler.handle(new Session(in, out, buffers, outlet(in)));
                                },
                                LIMITS)
                        .then()))
                .contextWrite(LiveUpgrade::withoutRequest)
                .subscribeOn(loopOf(netty));
    }

    /**
     * What the socket needs to know of the request that it was: the rest (headers, attributes, observations, the chain of
     * filters) would be kept for as long as it is open, some 10 KB of it.
     */
    private static Context withoutRequest(Context whole) {
        RequestContext request = whole.get(RequestContext.class);
        return request.into(Context.empty());
    }

    /**
     * Where the handshake is made. From another thread, such as the one that has just said who is asking, the loop may read
     * a client's first frame before it has heard that its answer was written: that frame would find nobody.
     */
    private static Scheduler loopOf(HttpServerResponse response) {
        return Schedulers.fromExecutor(channel(response::withConnection).eventLoop());
    }

    private SocketOutlet outlet(WebsocketInbound inbound) {
        return install(channel(inbound::withConnection));
    }

    /** Reactor Netty calls who asks for the connection before it returns. */
    private static Channel channel(Consumer<Consumer<? super Connection>> withConnection) {
        AtomicReference<@Nullable Channel> found = new AtomicReference<>();
        withConnection.accept(connection -> found.set(connection.channel()));
        return Objects.requireNonNull(found.get());
    }

    /** Below everything but TLS, so that nothing is done to what is written there. */
    private SocketOutlet install(Channel channel) {
        LoopSockets sockets = loops.computeIfAbsent(channel.eventLoop(), LoopSockets::new);
        SocketOutlet outlet = new SocketOutlet(sockets);
        PeerRoom.narrow(channel);
        ChannelPipeline pipeline = channel.pipeline();
        // The outlet has a rule of its own for who takes nothing.
        pipeline.remove(StalledPeerHandler.class);
        if (pipeline.get(NettyPipeline.SslHandler) == null) {
            pipeline.addFirst(outlet);
        } else {
            pipeline.addAfter(NettyPipeline.SslHandler, null, outlet);
        }
        return outlet;
    }

    /** A session that knows its channel. */
    static final class Session extends ReactorNettyWebSocketSession {
        private final SocketOutlet outlet;

        Session(
                WebsocketInbound inbound,
                WebsocketOutbound outbound,
                NettyDataBufferFactory buffers,
                SocketOutlet outlet) {
            super(inbound, outbound, NO_INFO, buffers, Limits.MAX_INBOUND_BYTES);
            this.outlet = outlet;
        }

        SocketOutlet outlet() {
            return outlet;
        }
    }
}
