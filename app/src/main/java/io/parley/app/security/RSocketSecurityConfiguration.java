package io.parley.app.security;

import io.parley.domain.auth.Authenticate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.annotation.rsocket.EnableRSocketSecurity;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity;
import org.springframework.security.config.annotation.rsocket.RSocketSecurity.AuthorizePayloadsSpec;
import org.springframework.security.rsocket.api.PayloadExchange;
import org.springframework.security.rsocket.api.PayloadExchangeType;
import org.springframework.security.rsocket.core.PayloadSocketAcceptorInterceptor;
import org.springframework.security.rsocket.util.matcher.PayloadExchangeMatcher.MatchResult;
import reactor.core.publisher.Mono;

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
        payload.matcher(RSocketSecurityConfiguration::withinChannel).permitAll();
        payload.anyExchange().authenticated();
    }

    /** What follows the first payload of a channel, which has been let in. */
    private static Mono<MatchResult> withinChannel(PayloadExchange exchange) {
        return exchange.getType() == PayloadExchangeType.PAYLOAD ? MatchResult.match() : MatchResult.notMatch();
    }

    /** Without one, Spring Boot would invent a user and print a password. */
    @Bean
    ReactiveAuthenticationManager callers(Authenticate authenticate) {
        return claim -> authenticate
                .authenticate(String.valueOf(claim.getCredentials()))
                .map(CallerAuthentication::new);
    }
}
