package io.parley.app.rsocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.app.testing.Guarded;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.LoopResources;

class RSocketTcpServerTest {

    @Test
    void aPeerThatTakesNothingIsClosed() throws Exception {
        RSocketProperties properties = new RSocketProperties(InetAddress.getByName("127.0.0.1"), 0);
        LoopResources loops = LoopResources.create("test", 1, true);

        assertThat(Guarded.closesStalledPeers(RSocketTcpServer.tcp(properties, loops)))
                .isTrue();
        loops.dispose();
    }
}
