package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("death")
class StalledPeerHandlerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new StalledPeerHandler());

    @Test
    void aPeerThatTakesNothingForAMinuteIsClosed() {
        channel.write(Unpooled.wrappedBuffer(new byte[100]));
        writable(false);
        pass(59);
        assertThat(channel.isOpen()).isTrue();

        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatTakesALittleIsNot() {
        writable(false);
        for (int i = 0; i < 5; i++) {
            pass(50);
            channel.write(Unpooled.wrappedBuffer(new byte[1]));
        }

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void aPeerThatHasTakenEverythingIsNot() {
        writable(false);
        pass(59);
        writable(true);
        pass(120);
        writable(false);
        pass(59);

        assertThat(channel.isOpen()).isTrue();
    }

    private void writable(boolean writable) {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, writable);
        channel.runPendingTasks();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
