package io.parley.app.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StalledPeerHandlerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new StalledPeerHandler());

    @Test
    void aPeerThatTakesNothingIsClosed() {
        writable(false);
        pass(9);
        assertThat(channel.isOpen()).isTrue();

        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aPeerThatTakesSomethingInTimeIsNot() {
        writable(false);
        pass(9);
        writable(true);
        pass(60);
        writable(false);
        pass(9);

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
