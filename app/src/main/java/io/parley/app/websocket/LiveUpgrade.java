package io.parley.app.websocket;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import io.parley.api.Limits;
import io.parley.app.gateway.StalledPeerHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.HandshakeInfo;
import org.springframework.web.reactive.socket.WebSocketHandler;
import org.springframework.web.reactive.socket.adapter.ReactorNettyWebSocketSession;
import org.springframework.web.reactive.socket.server.RequestUpgradeStrategy;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * Makes a WebSocket of a request, and lets its handler have the channel: Spring's own session hides it. Compression stays
 * off: inflated bytes are not capped.
 */
@Component
final class LiveUpgrade implements RequestUpgradeStrategy {
    /**
     * With what may wait in {@code Outbound}, and one frame over, at most 256 KiB: the kernel takes twice what it is told.
     */
    static final int KERNEL_BUFFER = 32 * 1024;

    static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private static final WebsocketServerSpec LIMITS = WebsocketServerSpec.builder()
            .maxFramePayloadLength(Limits.MAX_INBOUND_BYTES)
            .build();

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
        HandshakeInfo info = handshake.get();
        return response.setComplete().then(Mono.defer(() -> netty.sendWebsocket(
                        (in, out) -> handler.handle(new Session(in, out, info, buffers, outlet(in))), LIMITS)
                .then()));
    }

    private SocketOutlet outlet(WebsocketInbound inbound) {
        SocketOutlet[] made = new SocketOutlet[1];
        inbound.withConnection(connection -> made[0] = install(connection.channel()));
        return made[0];
    }

    /** Below everything but TLS, so that nothing is done to what is written there. */
    private SocketOutlet install(Channel channel) {
        LoopSockets sockets = loops.computeIfAbsent(channel.eventLoop(), LoopSockets::new);
        SocketOutlet outlet = new SocketOutlet(sockets);
        channel.config().setOption(ChannelOption.SO_SNDBUF, KERNEL_BUFFER);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
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
                HandshakeInfo info,
                NettyDataBufferFactory buffers,
                SocketOutlet outlet) {
            super(inbound, outbound, info, buffers, Limits.MAX_INBOUND_BYTES);
            this.outlet = outlet;
        }

        SocketOutlet outlet() {
            return outlet;
        }
    }
}
