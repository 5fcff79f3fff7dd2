package io.parley.app.http;

import io.parley.app.gateway.ReadWhileWritableHandler;
import io.parley.app.gateway.StalledPeerHandler;
import java.time.Duration;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.netty.NettyPipeline;

/** What Reactor Netty leaves open and a public server must not. */
@Configuration(proxyBeanMethods = false)
class HttpServerConfiguration {
    private static final Duration IDLE = Duration.ofSeconds(60);

    @Bean
    NettyServerCustomizer timeouts() {
        return server -> server.idleTimeout(IDLE).doOnChannelInit((observer, channel, remote) -> channel.pipeline()
                .addFirst(new StalledPeerHandler(), new ReadWhileWritableHandler())
                .addAfter(NettyPipeline.HttpCodec, null, new SlowRequestHandler()));
    }
}
