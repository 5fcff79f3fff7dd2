package io.parley.app.security;

import io.parley.domain.auth.Authenticate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.rsocket.EnableRSocketSecurity;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity.AuthorizePayloadsSpec;
import org.springframework.security.rsocket.core.PayloadSocketAcceptorInterceptor;

/** Rules for RSocket, over TCP and WebSocket: a connection may be opened by anybody, an open route must be listed. */
@Configuration(proxyBeanMethods = false)
@EnableRSocketSecurity
class RSocketSecurityConfiguration {

    @Bean
    PayloadSocketAcceptorInterceptor rsocketRules(RSocketSecurity rsocket, Authenticate authenticate) {
        return rsocket.addPayloadInterceptor(new BearerInterceptor(authenticate))
                .authorizePayload(RSocketSecurityConfiguration::rules)
                .build();
    }

    private static void rules(AuthorizePayloadsSpec payload) {
        payload.setup().permitAll();
        for (String route : OpenRoutes.RSOCKET) {
            payload.route(route).permitAll();
        }
        payload.anyRequest().authenticated();
        // What follows on a channel has no route and no token of its own: its first payload was let in, or was not.
        payload.anyExchange().permitAll();
    }

    /** Without one, Spring Boot would invent a user and print a password. */
    @Bean
    ReactiveAuthenticationManager callers(Authenticate authenticate) {
        return claim -> authenticate
                .authenticate(String.valueOf(claim.getCredentials()))
                .map(CallerAuthentication::new);
    }
}
