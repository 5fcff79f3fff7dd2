package io.parley.app.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose peer has taken nothing for {@value #PATIENCE_SECONDS} s although something waits for it.
 * Netty and RSocket go on queueing for such a peer, and nothing else would ever end it. One per connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whether closing works shows in the channel
public final class StalledPeerHandler extends ChannelInboundHandlerAdapter {
    static final int PATIENCE_SECONDS = 10;

    private @Nullable Future<?> closing;

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        stopWaiting();
        if (!context.channel().isWritable()) {
            closing = context.executor().schedule((Runnable) context::close, PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stopWaiting();
        context.fireChannelInactive();
    }

    private void stopWaiting() {
        if (closing != null) {
            closing.cancel(false);
            closing = null;
        }
    }
}
