package io.parley.app.websocket;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.parley.app.gateway.StalledPeerHandler;
import io.parley.app.live.NettyFrame;
import io.parley.domain.live.Frame;
import io.parley.domain.live.Outlet;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * One live WebSocket, as its channel: frames are written where nothing more is done to them, below all other handlers,
 * and it is known what was heard last, and whether the peer takes what waits for it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whether writing works shows in the channel
final class SocketOutlet extends ChannelInboundHandlerAdapter implements Outlet {
    static final Duration PING_AFTER = Duration.ofSeconds(25);
    static final Duration DEAD_AFTER = Duration.ofSeconds(60);

    /** A final frame with the opcode of a ping and no payload. */
    private static final ByteBuf PING =
            Unpooled.unreleasableBuffer(Unpooled.directBuffer(2).writeByte(0x89).writeByte(0));

    private final Sinks.Empty<Void> silence = Sinks.empty();
    private final Sinks.Empty<Void> closed = Sinks.empty();
    private final LoopSockets loop;
    private @Nullable ChannelHandlerContext context;
    private @Nullable Runnable onRoom;
    private boolean unflushed;
    private long alive;
    private long pinged;
    private long waiting;

    SocketOutlet(LoopSockets loop) {
        this.loop = loop;
        this.alive = loop.now();
        this.pinged = alive;
    }

    /** Completes when nothing was heard for so long, and nothing taken, that nobody can be there. */
    Mono<Void> silence() {
        return silence.asMono();
    }

    /** Completes when the channel is closed. */
    Mono<Void> closed() {
        return closed.asMono();
    }

    /** Without waiting for what is under way. */
    void cut() {
        context().close();
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context, "in no pipeline yet");
    }

    private Channel channel() {
        return context().channel();
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        loop.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext removed) {
        loop.remove(this);
        closed.tryEmitEmpty();
    }

    @Override
    public void listen(Runnable listener) {
        onRoom = listener;
    }

    @Override
    public long takes() {
        return channel().isWritable() && channel().isActive() ? Long.MAX_VALUE : 0;
    }

    @Override
    public void offer(Frame frame) {
        write(((NettyFrame) frame).webSocket());
        if (!channel().isWritable()) {
            flush();
        }
    }

    private void write(ByteBuf frame) {
        context().write(frame, channel().voidPromise());
        if (!unflushed) {
            unflushed = true;
            loop.flushSoon(this);
        }
    }

    void flush() {
        unflushed = false;
        context().flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext changed) {
        if (onRoom != null && changed.channel().isWritable()) {
            onRoom.run();
        }
        changed.fireChannelWritabilityChanged();
    }

    @Override
    public void channelRead(ChannelHandlerContext heard, Object message) {
        alive = loop.now();
        heard.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext inactive) {
        loop.remove(this);
        closed.tryEmitEmpty();
        inactive.fireChannelInactive();
    }

    /** To be called again and again. Who does not take what waits cannot be asked, and need not be while it takes some. */
    void look() {
        long now = loop.now();
        long waits = StalledPeerHandler.waiting(channel());
        if (!channel().isWritable() && waits != waiting) {
            alive = now;
        }
        waiting = waits;
        if (now - alive >= DEAD_AFTER.toNanos()) {
            end();
        } else if (now - Math.max(alive, pinged) >= PING_AFTER.toNanos()
                && channel().isWritable()) {
            pinged = now;
            write(PING.duplicate());
        }
    }

    /** Who does not take what waits would not take a close frame either. */
    private void end() {
        if (StalledPeerHandler.waiting(channel()) == 0) {
            silence.tryEmitEmpty();
        } else {
            cut();
        }
    }
}
