package io.parley.loadtests.check.faults;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.parley.loadtests.check.faults.TcpProxy.Direction;
import java.util.concurrent.TimeUnit;

/** One connection through a proxy: two channels on one loop. */
final class Carried {
    private final Half up = new Half(Direction.UP);
    private final Half down = new Half(Direction.DOWN);
    private final Weather weather;
    private final SocketChannel client;
    private SocketChannel server;
    private boolean answerIsCut;

    Carried(Weather weather, SocketChannel client) {
        this.weather = weather;
        this.client = client;
    }

    Half up() {
        return up;
    }

    Half down() {
        return down;
    }

    /** @param behind null if nobody is there */
    void connected(Channel behind) {
        server = (SocketChannel) behind;
        if (server == null) {
            breakNow();
        } else {
            readOn();
        }
    }

    void resume() {
        client.eventLoop().execute(this::readOn);
    }

    void cut() {
        client.eventLoop().execute(this::breakNow);
    }

    /** Reads where nothing is held, and as much as the other side takes. */
    private void readOn() {
        if (server != null) {
            client.config().setAutoRead(!weather.isHeld(Direction.UP) && server.isWritable());
            server.config().setAutoRead(!weather.isHeld(Direction.DOWN) && client.isWritable());
        }
    }

    private void breakNow() {
        reset(client);
        if (server != null) {
            reset(server);
        }
    }

    private static void reset(SocketChannel channel) {
        if (channel.isOpen()) {
            channel.config().setSoLinger(0);
            channel.close();
        }
    }

    /** One direction. */
    final class Half extends ChannelInboundHandlerAdapter {
        private final Direction direction;
        private int waiting;
        private long lastDue;

        Half(Direction direction) {
            this.direction = direction;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            if (direction == Direction.DOWN && answerIsCut) {
                bytes.release();
                weather.answerCut();
                breakNow();
                return;
            }
            answerIsCut |= direction == Direction.UP && weather.takesAnswerTo(bytes);
            pass(context, bytes);
        }

        /** In order, also when the delay has just become shorter. */
        private void pass(ChannelHandlerContext context, ByteBuf bytes) {
            long now = System.nanoTime();
            long due = Math.max(now + weather.delayNanos(), lastDue);
            if (waiting == 0 && due <= now) {
                write(bytes);
                return;
            }
            lastDue = due;
            waiting++;
            context.executor()
                    .schedule(
                            () -> {
                                waiting--;
                                write(bytes);
                            },
                            due - now,
                            TimeUnit.NANOSECONDS);
        }

        private void write(ByteBuf bytes) {
            Channel to = direction == Direction.UP ? server : client;
            if (to == null || !to.isOpen()) {
                ReferenceCountUtil.release(bytes);
                return;
            }
            to.writeAndFlush(bytes);
            readOn();
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            readOn();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            readOn();
        }

        /** What was read before is passed on before the other side is closed. */
        @Override
        public void channelInactive(ChannelHandlerContext context) {
            Channel to = direction == Direction.UP ? server : client;
            if (to != null && to.isOpen()) {
                long left = Math.max(0, lastDue - System.nanoTime());
                context.executor().schedule(() -> to.close(), left, TimeUnit.NANOSECONDS);
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable broken) {
            breakNow();
        }
    }
}
