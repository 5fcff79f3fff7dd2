package io.parley.app.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request has not come in whole {@value #WHOLE_WITHIN_SECONDS} s after its head. Reactor
 * Netty's own {@code requestTimeout} goes on counting after an upgrade, and ends every WebSocket. One per connection.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whether closing works shows in the channel
final class SlowRequestHandler extends ChannelDuplexHandler {
    static final int WHOLE_WITHIN_SECONDS = 10;

    private @Nullable Future<?> closing;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest) {
            stopWaiting();
            closing = context.executor().schedule((Runnable) context::close, WHOLE_WITHIN_SECONDS, TimeUnit.SECONDS);
        }
        if (message instanceof LastHttpContent) {
            stopWaiting();
        }
        context.fireChannelRead(message);
    }

    /** An upgrade may take the codec away before it has told the end of the request. */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof HttpResponse response
                && response.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code()) {
            stopWaiting();
        }
        context.write(message, promise);
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
