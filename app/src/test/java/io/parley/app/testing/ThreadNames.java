package io.parley.app.testing;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.WebFilter;

/** Notes which thread takes up the requests to each path. */
@TestConfiguration
public class ThreadNames {
    private final Map<String, String> byPath = new ConcurrentHashMap<>();

    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    WebFilter threadNameFilter() {
        return (exchange, chain) -> {
            byPath.put(
                    exchange.getRequest().getPath().value(),
                    Thread.currentThread().getName());
            return chain.filter(exchange);
        };
    }

    public String of(String path) {
        return byPath.getOrDefault(path, "nobody");
    }
}
