package io.parley.app.gateway;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer has taken no byte for {@value #PATIENCE_SECONDS} s although more waits for it than may
 * wait. Netty and RSocket go on waiting for such a peer, and nothing else would ever end it. One per connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whether closing works shows in the channel
public final class StalledPeerHandler extends ChannelInboundHandlerAdapter {
    static final int PATIENCE_SECONDS = 60;
    private static final int LOOK_EVERY_SECONDS = 10;

    private @Nullable Future<?> looking;
    private long waited;
    private int unchanged;

    /** Differs whenever the peer has taken a byte since, or there is more that waits; on the channel's loop. */
    public static long waiting(Channel channel) {
        ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        stopLooking();
        if (!context.channel().isWritable()) {
            waited = waiting(context.channel());
            looking = context.executor()
                    .scheduleAtFixedRate(
                            () -> look(context.channel()), LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
        }
        context.fireChannelWritabilityChanged();
    }

    private void look(Channel channel) {
        long now = waiting(channel);
        unchanged = now == waited ? unchanged + LOOK_EVERY_SECONDS : 0;
        waited = now;
        if (unchanged >= PATIENCE_SECONDS) {
            channel.close();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopLooking();
        context.fireChannelInactive();
    }

    /** Its place may be taken by a stricter rule. */
    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        stopLooking();
    }

    private void stopLooking() {
        unchanged = 0;
        if (looking != null) {
            looking.cancel(false);
            looking = null;
        }
    }
}
