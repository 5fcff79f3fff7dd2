package io.parley.app.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.parley.app.live.NettyFrames;
import io.parley.domain.live.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is written while a loop is busy goes out together. */
@Tag("deliver-10")
class FlushTest {
    private final List<String> events = new ArrayList<>();
    private final List<ByteBuf> written = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            events.add("write");
            written.add((ByteBuf) message);
            context.write(message, promise);
        }

        @Override
        public void flush(ChannelHandlerContext context) {
            events.add("flush");
            context.flush();
        }
    });

    /** Whose loop runs when the test says so: that of the channel itself runs its tasks after each write. */
    private final EmbeddedChannel busy = new EmbeddedChannel();

    private final SocketOutlet outlet = new SocketOutlet(new LoopSockets(busy.eventLoop()));

    FlushTest() {
        channel.pipeline().addLast(outlet);
    }

    @AfterEach
    void close() {
        busy.runPendingTasks();
        channel.finishAndReleaseAll();
        busy.finishAndReleaseAll();
    }

    @Test
    void framesThatAreOfferedInOneTaskAreFlushedOnce() {
        for (int i = 0; i < 3; i++) {
            outlet.offer(NettyFrames.frame("frame " + i));
        }
        assertThat(events).containsExactly("write", "write", "write");

        busy.runPendingTasks();
        assertThat(events).containsExactly("write", "write", "write", "flush");
        outlet.offer(NettyFrames.frame("another"));
        busy.runPendingTasks();

        assertThat(events).endsWith("flush", "write", "flush");
    }

    /** No copy is made for a socket: the bytes that one writes are those that the other does. */
    @Test
    void aFrameForManySocketsIsOneBuffer() {
        Frame frame = NettyFrames.frame("the same for all");

        outlet.offer(frame.retain());
        outlet.offer(frame);

        assertThat(written).hasSize(2);
        long address = written.get(0).hasMemoryAddress() ? written.get(0).memoryAddress() : -1;
        if (address >= 0) {
            assertThat(written.get(1).memoryAddress()).isEqualTo(address);
        } else {
            assertThat(written.get(1).array()).isSameAs(written.get(0).array());
        }
    }
}
