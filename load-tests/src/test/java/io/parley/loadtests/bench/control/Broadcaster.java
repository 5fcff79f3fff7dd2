package io.parley.loadtests.bench.control;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.parley.api.Routes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Netty and nothing else: WebSockets on one loop per core, to all of which it writes a frame that is ready, in one task per
 * loop, below all other handlers.
 */
final class Broadcaster {
    private static final int LONGEST_HEAD = 64 * 1024;

    private final Map<EventLoop, Set<ChannelHandlerContext>> open = new ConcurrentHashMap<>();
    private volatile ByteBuf frame = Unpooled.EMPTY_BUFFER;

    void listen(int port) {
        new ServerBootstrap()
                .group(new MultiThreadIoEventLoopGroup(
                        Runtime.getRuntime().availableProcessors(),
                        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory()))
                .channel(type())
                .option(ChannelOption.SO_BACKLOG, 1_024)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(
                                        new Socket(),
                                        new HttpServerCodec(),
                                        new HttpObjectAggregator(LONGEST_HEAD),
                                        new WebSocketServerProtocolHandler(Routes.LIVE_SOCKET));
                    }
                })
                .bind("127.0.0.1", port)
                .syncUninterruptibly();
    }

    private static Class<? extends ServerChannel> type() {
        return Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    /** As long as this, with its header. */
    void frame(int length) {
        frame = Unpooled.unreleasableBuffer(Unpooled.directBuffer(length)
                .writeByte(0x81)
                .writeByte(126)
                .writeShort(length - 4)
                .writeZero(length - 4));
    }

    /** To everybody, so many frames in one write. */
    void burst(int frames) {
        open.forEach((loop, sockets) -> loop.execute(() -> sockets.forEach(socket -> {
            for (int i = 0; i < frames; i++) {
                socket.write(frame.duplicate(), socket.voidPromise());
            }
            socket.flush();
        })));
    }

    private final class Socket extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            sockets(context).add(context);
            context.fireChannelActive();
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            sockets(context).remove(context);
            context.fireChannelInactive();
        }

        private Set<ChannelHandlerContext> sockets(ChannelHandlerContext context) {
            return open.computeIfAbsent(context.channel().eventLoop(), loop -> ConcurrentHashMap.newKeySet());
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
