package io.parley.app.security;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Forbidden;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Refuses pages of foreign origins: WebSocket upgrades are not covered by the browsers' own rules. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
final class OriginFilter implements WebFilter {
    private final OriginPolicy policy;

    OriginFilter(OriginPolicy policy) {
        this.policy = policy;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getRequest().getHeaders();
        return policy.allows(headers.getOrigin(), headers.getFirst(HttpHeaders.HOST))
                ? chain.filter(exchange)
                : Mono.error(() -> new Forbidden(ErrorCode.ORIGIN_FORBIDDEN));
    }
}
