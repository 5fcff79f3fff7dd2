package io.parley.app.security;

import io.parley.domain.auth.Authenticate;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import java.util.List;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Believes or refuses the bearer token of a request, WebSocket upgrades included. Without one the request goes on as
 * nobody's; a bad one is refused wherever it comes, so that nobody acts as nobody by mistake. Tokens in a URL mean nothing:
 * URLs end in logs.
 */
final class BearerFilter implements WebFilter {
    private static final String SCHEME = "Bearer ";

    private final Authenticate authenticate;
    private final ServerWebExchangeMatcher deaf = ServerWebExchangeMatchers.matchers(
            ServerWebExchangeMatchers.pathMatchers(OpenRoutes.DEAF),
            ServerWebExchangeMatchers.pathMatchers(OpenRoutes.MANAGEMENT));

    BearerFilter(Authenticate authenticate) {
        this.authenticate = authenticate;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        return Mono.defer(() -> token(exchange))
                .filterWhen(token -> deaf.matches(exchange).map(matched -> !matched.isMatch()))
                .flatMap(authenticate::authenticate)
                .map(CallerAuthentication::new)
                .singleOptional()
                .flatMap(caller -> goOn(exchange, chain, caller));
    }

    private static Mono<Void> goOn(
            ServerWebExchange exchange, WebFilterChain chain, Optional<CallerAuthentication> caller) {
        Mono<Void> rest = chain.filter(exchange);
        return caller.map(known -> rest.contextWrite(known::into)).orElse(rest);
    }

    /** Other schemes are none of our business: they may be a proxy's. */
    private static Mono<String> token(ServerWebExchange exchange) {
        List<String> values = exchange.getRequest().getHeaders().getOrEmpty(HttpHeaders.AUTHORIZATION);
        List<String> bearers = values.stream()
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .toList();
        if (bearers.size() > 1) {
            return Mono.error(() -> new Unauthenticated(ErrorCode.TOKEN_INVALID));
        }
        return Mono.justOrEmpty(bearers.stream().findFirst())
                .map(value -> value.substring(SCHEME.length()).strip());
    }
}
