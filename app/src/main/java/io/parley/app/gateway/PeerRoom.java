package io.parley.app.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.concurrent.EventExecutor;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.context.Context;
import reactor.util.context.ContextView;

/**
 * Whether the peer of one connection takes what is written to it. RSocket and HTTP queue whatever was asked for,
 * so their streams look here too before they make more. In the context of its requests.
 */
public final class PeerRoom extends ChannelInboundHandlerAdapter {
    /** The kernel takes twice what it is told. */
    private static final int KERNEL_BUFFER = 24 * 1024;

    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(16 * 1024, 32 * 1024);

    private final Sinks.Many<Boolean> writable = Sinks.many().multicast().directBestEffort();
    private final Channel channel;

    private PeerRoom(Channel channel) {
        this.channel = channel;
    }

    /** From now on little waits in the socket: what it does not take is known, and costs a place in a log instead. */
    public static void narrow(Channel channel) {
        channel.config().setOption(ChannelOption.SO_SNDBUF, KERNEL_BUFFER);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
    }

    /** Of this connection, as long as it lasts, which is narrowed. */
    public static PeerRoom of(Channel channel) {
        PeerRoom known = channel.pipeline().get(PeerRoom.class);
        if (known != null) {
            return known;
        }
        narrow(channel);
        PeerRoom room = new PeerRoom(channel);
        channel.pipeline().addFirst(room);
        return room;
    }

    /** What serves the connection. */
    public EventExecutor loop() {
        return channel.eventLoop();
    }

    public boolean isWritable() {
        return channel.isWritable();
    }

    /** Emits whenever the peer takes more again. Never completes by itself. */
    public Flux<Boolean> again() {
        return writable.asFlux();
    }

    /** Completes when the peer takes more: at once where nobody knows. */
    static Mono<Void> await(ContextView context) {
        return context.<PeerRoom>getOrEmpty(PeerRoom.class)
                .filter(room -> !room.isWritable())
                .map(PeerRoom::awaited)
                .orElse(Mono.empty());
    }

    /** Listens first, and looks then. */
    private Mono<Void> awaited() {
        return again().mergeWith(Mono.fromSupplier(this::isWritable))
                .filter(Boolean::booleanValue)
                .next()
                .then();
    }

    public Context into(Context context) {
        return context.put(PeerRoom.class, this);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            // Lost where nobody listens: then nobody waits.
            writable.tryEmitNext(Boolean.TRUE);
        }
        context.fireChannelWritabilityChanged();
    }
}
