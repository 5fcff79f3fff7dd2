package io.parley.app.http;

import static io.netty.handler.codec.http.HttpMethod.GET;
import static io.netty.handler.codec.http.HttpResponseStatus.SWITCHING_PROTOCOLS;
import static io.netty.handler.codec.http.HttpVersion.HTTP_1_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowRequestHandlerTest {
    private final EmbeddedChannel channel = new EmbeddedChannel(new SlowRequestHandler());

    @BeforeEach
    void theHeadIsThere() {
        channel.freezeTime();
        channel.writeInbound(new DefaultHttpRequest(HTTP_1_1, GET, "/"));
    }

    @Test
    void aRequestThatDoesNotComeInWholeIsClosed() {
        pass(9);
        assertThat(channel.isOpen()).isTrue();

        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void oneThatDoesMayTakeItsTimeToBeAnswered() {
        channel.writeInbound(LastHttpContent.EMPTY_LAST_CONTENT);
        pass(60);

        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void anUpgradedConnectionStays() {
        channel.writeOutbound(new DefaultHttpResponse(HTTP_1_1, SWITCHING_PROTOCOLS));
        pass(60);

        assertThat(channel.isOpen()).isTrue();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
    }
}
