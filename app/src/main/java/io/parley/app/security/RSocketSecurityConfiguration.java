package io.parley.app.security;

import io.parley.api.Routes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.rsocket.EnableRSocketSecurity;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity;
import org.springframework.security.rsocket.core.PayloadSocketAcceptorInterceptor;
import reactor.core.publisher.Mono;

/** Rules for RSocket, over TCP and WebSocket: a connection may be opened by anybody, a route must be named here. */
@Configuration(proxyBeanMethods = false)
@EnableRSocketSecurity
class RSocketSecurityConfiguration {

    @Bean
    PayloadSocketAcceptorInterceptor rsocketRules(RSocketSecurity rsocket) {
        return rsocket.authorizePayload(payload -> payload.setup()
                        .permitAll()
                        .route(Routes.MESSAGES_POST)
                        .permitAll()
                        .route(Routes.MESSAGES_HISTORY)
                        .permitAll()
                        .route(Routes.MESSAGES_LIVE)
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .build();
    }

    /** There are no accounts yet: whoever claims to be somebody is not believed. */
    @Bean
    ReactiveAuthenticationManager nobody() {
        return claim -> Mono.error(() -> new BadCredentialsException("there are no accounts yet"));
    }
}
