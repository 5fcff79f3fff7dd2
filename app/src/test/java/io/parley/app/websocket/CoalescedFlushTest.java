package io.parley.app.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.parley.app.live.NettyFrames;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written while the loop is busy goes out together (architecture, point 10), on sockets of a real event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // whether writing works shows at the other end
class CoalescedFlushTest {
    private static final long SECONDS = 10;
    private static final int FRAMES = 20;

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final EventLoopGroup peers = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final LoopSockets sockets = new LoopSockets(group.next());
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final StringBuffer received = new StringBuffer();
    private final BlockingQueue<SocketOutlet> accepted = new LinkedBlockingQueue<>(2);
    private final Channel server = new ServerBootstrap()
            .group(group)
            .channel(NioServerSocketChannel.class)
            .childHandler(new Accept())
            .bind(InetAddress.getLoopbackAddress(), 0)
            .syncUninterruptibly()
            .channel();

    @AfterEach
    void close() {
        group.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
        peers.shutdownGracefully(0, SECONDS, TimeUnit.SECONDS).syncUninterruptibly();
    }

    @Test
    void whatIsOfferedInOneTurnGoesOutWithOneFlush() throws Exception {
        SocketOutlet outlet = connect();

        inLoop(() -> offer(outlet, 0, FRAMES));

        arrives(FRAMES);
        assertThat(events).filteredOn("write"::equals).hasSize(FRAMES);
        assertThat(events).filteredOn("flush"::equals).hasSize(1);
        assertThat(events).last().isEqualTo("flush");
    }

    @Test
    void whatTasksOfferThatWaitedAlreadyGoesOutWithOneFlush() throws Exception {
        SocketOutlet outlet = connect();

        inLoop(() -> IntStream.range(0, FRAMES).forEach(i -> group.execute(() -> offer(outlet, i, i + 1))));

        arrives(FRAMES);
        assertThat(events).filteredOn("flush"::equals).hasSize(1);
        assertThat(events).last().isEqualTo("flush");
    }

    @Test
    void onAnIdleLoopASingleFrameGoesOutBeforeAnythingElseIsDone() throws Exception {
        SocketOutlet outlet = connect();

        inLoop(() -> {
            offer(outlet, 0, 1);
            group.execute(() -> events.add("what came later"));
        });

        arrives(1);
        assertThat(events).containsExactly("write", "flush", "what came later");
    }

    @Test
    void eachSocketIsFlushedOnce() throws Exception {
        SocketOutlet one = connect();
        SocketOutlet another = connect();

        inLoop(() -> IntStream.range(0, FRAMES).forEach(i -> offer(i % 2 == 0 ? one : another, i, i + 1)));

        Awaitility.await()
                .atMost(SECONDS, TimeUnit.SECONDS)
                .until(() ->
                        received.chars().filter(character -> character == '<').count() == FRAMES);
        assertThat(events).filteredOn("flush"::equals).hasSize(2);
        assertThat(events.subList(FRAMES, FRAMES + 2)).containsExactly("flush", "flush");
    }

    private static void offer(SocketOutlet outlet, int from, int to) {
        IntStream.range(from, to).forEach(i -> outlet.offer(NettyFrames.frame("<" + i + ">")));
    }

    private SocketOutlet connect() throws InterruptedException {
        new Bootstrap()
                .group(peers)
                .channel(NioSocketChannel.class)
                .handler(new Receive())
                .connect(server.localAddress())
                .syncUninterruptibly();
        SocketOutlet outlet = accepted.poll(SECONDS, TimeUnit.SECONDS);
        assertThat(outlet).isNotNull();
        inLoop(() -> {});
        return outlet;
    }

    private void inLoop(Runnable task) {
        CompletableFuture.runAsync(task, group)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
        // What it set off is done too, and this waits for one that comes after.
        CompletableFuture.runAsync(() -> {}, group)
                .orTimeout(SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private void arrives(int frames) {
        String last = "<" + (frames - 1) + ">";
        Awaitility.await().atMost(SECONDS, TimeUnit.SECONDS).until(() -> received.indexOf(last) >= 0);
        assertThat(received.toString().replaceAll("[^<>0-9]", ""))
                .isEqualTo(
                        IntStream.range(0, frames).mapToObj(i -> "<" + i + ">").reduce("", String::concat));
    }

    /** An outlet, with an eye on what it does to its socket. */
    private final class Accept extends ChannelInboundHandlerAdapter {
        @Override
        public boolean isSharable() {
            return true;
        }

        @Override
        public void channelRegistered(ChannelHandlerContext context) {
            SocketOutlet outlet = new SocketOutlet(sockets);
            context.pipeline().addLast(new Watched(), outlet);
            accepted.add(outlet);
        }
    }

    private final class Watched extends ChannelOutboundHandlerAdapter {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            events.add("write");
            context.write(message, promise);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            events.add("flush");
            context.flush();
        }
    }

    private final class Receive extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            received.append(bytes.toString(StandardCharsets.ISO_8859_1));
            bytes.release();
        }
    }
}
