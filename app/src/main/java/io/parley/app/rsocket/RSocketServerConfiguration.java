package io.parley.app.rsocket;

import io.parley.api.Limits;
import io.parley.app.worker.ConnectionCloser;
import io.rsocket.core.RSocketServer;
import io.rsocket.plugins.RSocketInterceptor;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.rsocket.server.RSocketServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.messaging.rsocket.annotation.support.RSocketMessageHandler;

/**
 * One way of serving RSocket for both transports. Spring Boot's own servers leave the length of a frame at 16 MiB, which
 * the limit on payloads then contradicts.
 */
@Configuration(proxyBeanMethods = false)
class RSocketServerConfiguration {
    /** A connection that does not say what it wants is closed: RSocket's own default is a minute. */
    private static final Duration FIRST_FRAME_WITHIN = Duration.ofSeconds(5);

    /** Customizers are those of the security rules, and of whoever watches. */
    @Bean
    RSocketServer rsocketServer(
            RSocketMessageHandler routes,
            RSocketProblems problems,
            ConnectionCloser closer,
            List<RSocketServerCustomizer> customizers) {
        RSocketInterceptor requestScope = responder -> new RequestScope(responder, problems);
        RSocketServer server = RSocketServer.create(routes.responder())
                .maxInboundPayloadSize(Limits.MAX_INBOUND_BYTES)
                .maxTimeToFirstFrame(FIRST_FRAME_WITHIN)
                .interceptors(
                        interceptors -> interceptors.forResponder(requestScope).forConnection(closer));
        customizers.forEach(customizer -> customizer.customize(server));
        return server;
    }

    @Bean
    RSocketTcpServer rsocketTcpServer(
            RSocketServer rsocketServer, RSocketProperties properties, ReactorResourceFactory eventLoops) {
        return new RSocketTcpServer(rsocketServer, properties, eventLoops.getLoopResources());
    }
}
