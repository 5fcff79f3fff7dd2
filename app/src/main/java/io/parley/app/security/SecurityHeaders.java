package io.parley.app.security;

import java.util.HashMap;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Puts the security headers on every response, errors included: it stands before whatever may refuse. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
public final class SecurityHeaders implements WebFilter {
    private static final String PAGE_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final String API_POLICY = "default-src 'none'; frame-ancestors 'none'";

    private static final Map<String, String> ALWAYS = Map.of(
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    /** Names and values, for what is refused before any filter sees it. */
    public static Map<String, String> ofApi() {
        Map<String, String> headers = new HashMap<>(ALWAYS);
        headers.put("Content-Security-Policy", API_POLICY);
        headers.put("Cache-Control", "no-store");
        return headers;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        HttpHeaders headers = exchange.getResponse().getHeaders();
        ALWAYS.forEach(headers::set);
        boolean api = exchange.getRequest().getPath().value().startsWith("/api/");
        headers.set("Content-Security-Policy", api ? API_POLICY : PAGE_POLICY);
        headers.setCacheControl(api ? "no-store" : "no-cache");
        return chain.filter(exchange);
    }
}
