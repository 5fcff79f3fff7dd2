package io.parley.app.testing;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** A route with a bug: nobody can provoke the answer to one otherwise. */
@TestConfiguration
public class PlantedFault {
    public static final String ROUTE = "/assets/planted-fault";
    public static final String INTERNALS = "jdbc:internals://password@host";

    @Bean
    RouterFunction<ServerResponse> plantedFaultRoute() {
        return RouterFunctions.route(
                RequestPredicates.GET(ROUTE), request -> Mono.error(new IllegalStateException(INTERNALS)));
    }
}
