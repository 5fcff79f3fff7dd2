package io.parley.app.http;

import io.parley.api.Headers;
import io.parley.app.gateway.RequestContext;
import io.parley.app.gateway.RequestIds;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/** Names each request, in and out, and logs it when it is answered. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class RequestFilter implements WebFilter {
    static final String REQUEST_ID = RequestFilter.class.getName() + ".requestId";

    private static final Logger log = LoggerFactory.getLogger("io.parley.access");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        ServerHttpRequest request = exchange.getRequest();
        RequestContext context = RequestContext.anonymous(
                RequestIds.of(request.getHeaders().getFirst(Headers.REQUEST_ID)),
                RequestContext.addressOf(request.getRemoteAddress()));
        exchange.getAttributes().put(REQUEST_ID, context.requestId());
        exchange.getResponse().getHeaders().set(Headers.REQUEST_ID, context.requestId());
        long began = System.nanoTime();
        exchange.getResponse().beforeCommit(() -> Mono.fromRunnable(() -> log(exchange, context, began)));
        return chain.filter(exchange).contextWrite(context::into);
    }

    /** Never the query: it is the client's, and may hold what does not belong into a log. */
    private static void log(ServerWebExchange exchange, RequestContext context, long began) {
        HttpStatusCode status = exchange.getResponse().getStatusCode();
        log.atInfo()
                .addKeyValue("requestId", context.requestId())
                .addKeyValue("method", exchange.getRequest().getMethod().name())
                .addKeyValue("path", exchange.getRequest().getPath().value())
                .addKeyValue("status", status == null ? 200 : status.value())
                .addKeyValue("micros", TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - began))
                .log("request");
    }
}
