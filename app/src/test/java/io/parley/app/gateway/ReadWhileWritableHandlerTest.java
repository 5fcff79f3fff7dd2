package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ReadWhileWritableHandlerTest {
    private final Reads reads = new Reads();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    ReadWhileWritableHandlerTest() {
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(reads, new ReadWhileWritableHandler());
    }

    @Test
    void whatIsAskedForWhileThePeerTakesNothingIsReadOnceItDoes() {
        writable(false);
        channel.read();
        channel.read();
        assertThat(reads.count).isZero();

        writable(true);
        assertThat(reads.count).isEqualTo(1);

        channel.read();
        assertThat(reads.count).isEqualTo(2);
    }

    @Test
    void nothingIsReadThatNobodyAskedFor() {
        writable(false);
        writable(true);

        assertThat(reads.count).isZero();
    }

    @Test
    void aChannelThatReadsByItselfIsStoppedAndDoesSoAgain() {
        channel.config().setAutoRead(true);
        int before = reads.count;

        writable(false);
        channel.writeInbound("what was underway");
        assertThat(reads.count).isEqualTo(before);

        writable(true);
        assertThat(reads.count).isEqualTo(before + 1);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void whoStopsTheChannelMeanwhileFindsItStopped() {
        channel.config().setAutoRead(true);
        writable(false);
        channel.config().setAutoRead(false);
        writable(true);

        assertThat(channel.config().isAutoRead()).isFalse();
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    /** What reaches the socket. */
    private static final class Reads extends ChannelOutboundHandlerAdapter {
        int count;

        @Override
        public void read(ChannelHandlerContext context) {
            count++;
            context.read();
        }
    }
}
