package io.parley.loadtests.bench.wire;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.parley.loadtests.bench.wire.LiveClient.Access;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The event loops of the crowd. */
public final class Wire implements AutoCloseable {
    private static final int AT_ONCE = 12;
    private static final int CONNECTED_WITHIN_SECONDS = 30;
    private static final int LOOPS = 2;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(
            LOOPS, Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

    /** Who connects, in their order, and returns when all are ready. Errors: {@code IllegalStateException} else. */
    public List<LiveClient> connect(InetSocketAddress server, List<Access> all, Hearer hearer) {
        return connect(server, all, hearer, 0);
    }

    /** @param receiveBuffer what their kernels hold, in bytes, and twice that; 0: what the system gives */
    public List<LiveClient> connect(InetSocketAddress server, List<Access> all, Hearer hearer, int receiveBuffer) {
        Semaphore turns = new Semaphore(AT_ONCE);
        List<LiveClient> clients = new ArrayList<>(all.size());
        for (Access access : all) {
            turns.acquireUninterruptibly();
            LiveClient client = open(server, access, hearer, receiveBuffer);
            client.ready().whenComplete((ready, failure) -> turns.release());
            clients.add(client);
        }
        clients.forEach(client -> client.ready()
                .orTimeout(CONNECTED_WITHIN_SECONDS, TimeUnit.SECONDS)
                .join());
        return clients;
    }

    /** Without waiting for it. */
    public LiveClient open(InetSocketAddress server, Access access, Hearer hearer, int receiveBuffer) {
        LiveClient client = new LiveClient(access, hearer);
        Class<? extends Channel> type = Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
        Bootstrap bootstrap = new Bootstrap()
                .group(loops)
                .channel(type)
                .option(ChannelOption.TCP_NODELAY, true)
                .handler(client);
        if (receiveBuffer > 0) {
            bootstrap.option(ChannelOption.SO_RCVBUF, receiveBuffer);
        }
        bootstrap.connect(server).addListener(connected -> {
            if (!connected.isSuccess()) {
                client.fail("cannot connect: " + connected.cause());
            }
        });
        return client;
    }

    @Override
    public void close() {
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
