package io.parley.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.app.testing.Guarded;
import org.junit.jupiter.api.Test;
import reactor.netty.http.server.HttpServer;

class HttpServerConfigurationTest {

    @Test
    void aPeerThatTakesNothingIsClosed() throws Exception {
        HttpServer bare = HttpServer.create().host("127.0.0.1").port(0);

        assertThat(Guarded.closesStalledPeers(
                        new HttpServerConfiguration().timeouts().apply(bare)))
                .isTrue();
        assertThat(Guarded.closesStalledPeers(bare)).isFalse();
    }
}
