package io.parley.app.security;

import io.parley.api.Headers;
import io.parley.domain.auth.Authenticate;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Forbidden;
import io.parley.domain.error.Unauthenticated;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.CsrfSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.FormLoginSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.HttpBasicSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.LogoutSpec;
import org.springframework.security.config.web.server.ServerHttpSecurity.RequestCacheSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import reactor.core.publisher.Mono;

/**
 * Rules for HTTP and WebSocket upgrades. No cookie means anything here, so there is nothing for a forged request to
 * ride on; headers are written by {@link SecurityHeaders}, which also reaches what this chain refuses.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class HttpSecurity {
    @Bean
    SecurityWebFilterChain httpSecurityChain(ServerHttpSecurity http, OriginPolicy origins, Authenticate authenticate) {
        return http.cors(cors -> cors.configurationSource(exchange -> corsFor(origins)))
                .csrf(CsrfSpec::disable)
                .formLogin(FormLoginSpec::disable)
                .httpBasic(HttpBasicSpec::disable)
                .logout(LogoutSpec::disable)
                .headers(HeaderSpec::disable)
                .requestCache(RequestCacheSpec::disable)
                .addFilterAt(new BearerFilter(authenticate), SecurityWebFiltersOrder.AUTHENTICATION)
                .authorizeExchange(exchange -> exchange.pathMatchers(OpenRoutes.HTTP)
                        .permitAll()
                        .pathMatchers(OpenRoutes.DEAF)
                        .permitAll()
                        .pathMatchers(OpenRoutes.MANAGEMENT)
                        .permitAll()
                        .anyExchange()
                        .authenticated())
                .exceptionHandling(refusal -> refusal.authenticationEntryPoint(
                                (exchange, error) -> Mono.error(() -> new Unauthenticated(ErrorCode.AUTH_REQUIRED)))
                        .accessDeniedHandler(
                                (exchange, error) -> Mono.error(() -> new Forbidden(ErrorCode.AUTH_REQUIRED))))
                .build();
    }

    /** Null, as Spring wants it, where no foreign page may call. */
    private static @Nullable CorsConfiguration corsFor(OriginPolicy origins) {
        if (origins.allowed().isEmpty()) {
            return null;
        }
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(List.copyOf(origins.allowed()));
        cors.setAllowedMethods(List.of("GET", "POST", "PUT", "PATCH", "DELETE"));
        cors.setAllowedHeaders(List.of("Authorization", "Content-Type", "Last-Event-ID", Headers.REQUEST_ID));
        cors.setExposedHeaders(List.of(Headers.REQUEST_ID, "Retry-After", "WWW-Authenticate", "Location"));
        cors.setMaxAge(Duration.ofHours(1));
        return cors;
    }
}
