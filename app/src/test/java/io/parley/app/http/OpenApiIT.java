package io.parley.app.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.app.testing.ServerTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@link OpenApiDocumentTest} says of the document holds for what a whole server serves. */
@ServerTest
class OpenApiIT {
    private final Node node;
    private final RequestMappingHandlerMapping routes;
    private final JsonMapper json;

    OpenApiIT(
            Node node,
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping routes,
            JsonMapper json) {
        this.node = node;
        this.routes = routes;
        this.json = json;
    }

    @Test
    void everybodyMayReadOfExactlyTheRoutesThatThereAre() {
        JsonNode document = json.readTree(node.http()
                .get()
                .uri(Routes.OPEN_API)
                .exchange()
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentTypeCompatibleWith("application/json")
                .expectBody(byte[].class)
                .returnResult()
                .getResponseBody());

        assertThat(OpenApiDocumentTest.described(document)).isEqualTo(OpenApiDocumentTest.routes(routes));
    }

    @Test
    void thereIsOneFormOfIt() {
        node.http()
                .get()
                .uri(Routes.OPEN_API + ".yaml")
                .exchange()
                .expectStatus()
                .isUnauthorized();
    }
}
