package io.parley.app.websocket;

import io.parley.api.Routes;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.handler.SimpleUrlHandlerMapping;
import org.springframework.web.reactive.socket.server.WebSocketService;
import org.springframework.web.reactive.socket.server.support.HandshakeWebSocketService;

/** Where the live WebSocket is. */
@Configuration(proxyBeanMethods = false)
class WebSocketConfiguration implements WebFluxConfigurer {
    private final LiveUpgrade upgrade;

    WebSocketConfiguration(LiveUpgrade upgrade) {
        this.upgrade = upgrade;
    }

    @Bean
    HandlerMapping liveSocketMapping(LiveSocket socket) {
        return new SimpleUrlHandlerMapping(Map.of(Routes.LIVE_SOCKET, socket), Ordered.HIGHEST_PRECEDENCE);
    }

    @Override
    public WebSocketService getWebSocketService() {
        return new HandshakeWebSocketService(upgrade);
    }
}
