package io.parley.loadtests.check.faults;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A link on the loopback address that can be made to fail; until then it carries everything, at the pace of who takes it. */
public final class TcpProxy implements AutoCloseable {
    private static final EventLoopGroup LOOPS = new MultiThreadIoEventLoopGroup(
            1, new io.netty.util.concurrent.DefaultThreadFactory("proxy", true), NioIoHandler.newFactory());

    private final Set<Carried> carried = ConcurrentHashMap.newKeySet();
    private final Weather weather = new Weather();
    private final InetSocketAddress target;
    private final Channel server;

    /** @param target host and port of what is behind it */
    TcpProxy(String target) {
        String[] parts = target.split(":", 2);
        this.target = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
        this.server = new ServerBootstrap()
                .group(LOOPS)
                .channel(NioServerSocketChannel.class)
                .childOption(ChannelOption.AUTO_READ, false)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel client) {
                        connect(client);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    String address() {
        return "127.0.0.1:" + ((InetSocketAddress) server.localAddress()).getPort();
    }

    private void connect(SocketChannel client) {
        if (weather.isCut()) {
            client.config().setSoLinger(0);
            client.close();
            return;
        }
        Carried one = new Carried(weather, client);
        carried.add(one);
        client.closeFuture().addListener(end -> carried.remove(one));
        client.pipeline().addLast(one.up());
        ChannelFuture connecting = new Bootstrap()
                .group(client.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(one.down())
                .connect(target);
        connecting.addListener(done -> one.connected(done.isSuccess() ? connecting.channel() : null));
    }

    /** Breaks all connections; new ones are let through. */
    void cut() {
        carried.forEach(Carried::cut);
    }

    /** Breaks all connections, and refuses new ones. */
    void refuse() {
        weather.cut(true);
        cut();
    }

    /** Carries nothing more in one direction, and says nothing of it: who sends waits. */
    void hold(Direction direction) {
        weather.hold(direction, true);
    }

    public void delay(Duration delay) {
        weather.delay(delay);
    }

    /**
     * Lets what contains these bytes through to the server, and breaks the connection when the answer comes: so the outcome
     * stays unknown to who asked.
     *
     * @param times how often
     */
    void cutAnswersTo(String pattern, int times) {
        weather.cutAnswersTo(pattern, times);
    }

    /** How many answers have been cut. */
    int answersCut() {
        return weather.answersCut();
    }

    /** Carries everything again, also what was held. */
    public void heal() {
        weather.clear();
        carried.forEach(Carried::resume);
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
        cut();
    }

    /** From who connected to what is behind, or back. */
    enum Direction {
        UP,
        DOWN
    }
}
