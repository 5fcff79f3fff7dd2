package io.parley.app.gateway;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * Hears nothing from a peer as long as too much waits for it. WebSocket pings and RSocket keep-alives are answered
 * whether or not anybody reads the answers: without this, who only asks fills the memory. One per connection.
 */
public final class ReadWhileWritableHandler extends ChannelDuplexHandler {
    private boolean reading = true;
    private boolean asked;

    /** What is held back is one wish to read, however often it is uttered. */
    @Override
    public void read(ChannelHandlerContext context) {
        if (reading) {
            context.read();
        } else {
            asked = true;
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (!context.channel().isWritable()) {
            stop(context);
        } else if (!reading) {
            goOn(context);
        }
        context.fireChannelWritabilityChanged();
    }

    /**
     * A channel that reads by itself goes on without asking, so it is made to forget that and is told at once to do it
     * again, which it asks for. Whoever set it meanwhile finds it as it was, and may change it.
     */
    private void stop(ChannelHandlerContext context) {
        reading = false;
        if (context.channel().config().isAutoRead()) {
            context.channel().config().setAutoRead(false);
            context.channel().config().setAutoRead(true);
        }
    }

    private void goOn(ChannelHandlerContext context) {
        reading = true;
        if (asked) {
            asked = false;
            context.read();
        }
    }
}
