package io.parley.app.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.parley.app.live.NettyFrames;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Protocol pings, death, and frames as they go out (architecture, section 5). */
@SuppressWarnings("FutureReturnValueIgnored") // whether writing works shows in the channel
class SocketOutletTest {
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> events = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel(new ChannelOutboundHandlerAdapter() {
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
    });
    private final SocketOutlet outlet = new SocketOutlet(new LoopSockets(channel.eventLoop(), nanos::get));

    SocketOutletTest() {
        channel.pipeline().addLast(outlet);
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    @Test
    @Tag("ping")
    void asksWhoHasSaidNothingFor25SecondsAndNotAgainBeforeAnother25() {
        pass(24);
        assertThat(sent()).isEmpty();
        pass(1);
        assertThat(sent()).containsExactly("8900");
        pass(24);
        assertThat(sent()).isEmpty();
        pass(1);
        assertThat(sent()).containsExactly("8900");
    }

    @Test
    @Tag("ping")
    void whoSaysSomethingIsNotAsked() {
        for (int i = 0; i < 10; i++) {
            pass(20);
            channel.writeInbound(Unpooled.wrappedBuffer(new byte[1]));
        }

        assertThat(sent()).isEmpty();
        assertThat(isSilent()).isFalse();
    }

    @Test
    @Tag("death")
    void nothingForAMinuteIsSilence() {
        pass(59);
        assertThat(isSilent()).isFalse();
        pass(1);

        assertThat(isSilent()).isTrue();
        assertThat(channel.isOpen()).as("it is told first").isTrue();
    }

    @Test
    @Tag("ping")
    @Tag("death")
    void whoDoesNotTakeWhatWaitsIsNotAskedAndCutOffAfterAMinute() {
        channel.write(Unpooled.wrappedBuffer(new byte[10]));
        writable(false);
        // From the first look on, which finds that something waits.
        pass(60);
        assertThat(channel.isOpen()).isTrue();
        assertThat(sent()).isEmpty();

        pass(1);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    @Tag("death")
    void whoTakesALittleAllTheTimeLives() {
        writable(false);
        for (int i = 0; i < 5; i++) {
            channel.write(Unpooled.wrappedBuffer(new byte[10]));
            pass(50);
        }

        assertThat(channel.isOpen()).isTrue();
        assertThat(isSilent()).isFalse();
    }

    @Test
    void whatIsOfferedGoesOutInItsOrderAsTextFrames() {
        outlet.offer(NettyFrames.frame("{}"));
        outlet.offer(NettyFrames.frame("x".repeat(200)));
        outlet.offer(NettyFrames.frame("[]"));
        channel.runPendingTasks();

        List<String> frames = sent();
        assertThat(frames.get(0)).isEqualTo("8102" + hex("{}"));
        assertThat(frames.get(1)).startsWith("817e00c8" + hex("xx"));
        assertThat(frames.get(2)).isEqualTo("8102" + hex("[]"));
    }

    @Test
    void moreThanMayWaitGoesOutAtOnce() {
        AtomicInteger room = new AtomicInteger();
        outlet.listen(room::incrementAndGet);

        outlet.offer(NettyFrames.frame("x".repeat(70_000)));

        assertThat(events).startsWith("write", "flush");
        assertThat(sent().get(0)).startsWith("817f0000000000011170" + hex("xx"));
        assertThat(room).hasPositiveValue();
    }

    @Test
    @Tag("credit")
    void takesNothingWhileTooMuchWaitsAndTellsWhenItTakesSomeAgain() {
        AtomicInteger room = new AtomicInteger();
        outlet.listen(room::incrementAndGet);
        assertThat(outlet.takes()).isPositive();

        writable(false);
        assertThat(outlet.takes()).isZero();
        assertThat(room).hasValue(0);
        writable(true);

        assertThat(outlet.takes()).isPositive();
        assertThat(room).hasValue(1);
    }

    private boolean isSilent() {
        return Boolean.TRUE.equals(outlet.silence().thenReturn(true).toFuture().getNow(false));
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
            channel.advanceTimeBy(1, TimeUnit.SECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }

    /** What the socket has taken, in hexadecimal. */
    private List<String> sent() {
        List<String> all = new ArrayList<>();
        for (ByteBuf frame = channel.readOutbound(); frame != null; frame = channel.readOutbound()) {
            all.add(ByteBufUtil.hexDump(frame));
            frame.release();
        }
        return all;
    }

    private static String hex(String text) {
        return ByteBufUtil.hexDump(text.getBytes(UTF_8));
    }
}
