package io.parley.app.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.Headers;
import io.parley.api.Routes;
import io.parley.app.testing.Node;
import io.parley.app.testing.PlantedFault;
import io.parley.app.testing.ServerTest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;

@ServerTest
class ResponseHeadersIT {
    private static final Map<String, String> EXPECTED = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Strict-Transport-Security", "max-age=31536000; includeSubDomains");

    private final WebTestClient http;

    ResponseHeadersIT(Node node) {
        this.http = node.http();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /assets/app.js, 200",
        "GET, " + Routes.OPEN_API + ", 200",
        "POST, " + Routes.SIGN_IN + ", 400",
        "GET, /api/v1/users/me, 401",
        "GET, /nowhere, 401",
        "GET, /assets/none, 404",
        "DELETE, " + Routes.SIGN_IN + ", 405",
        "GET, " + PlantedFault.ROUTE + ", 500"
    })
    void everyResponseHasTheSecurityHeadersAndARequestId(HttpMethod method, String path, int status) {
        HttpHeaders headers = http.method(method)
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status)
                .returnResult(Void.class)
                .getResponseHeaders();

        assertSafe(headers);
        assertThat(headers.getFirst("Content-Security-Policy")).startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @CsvSource({Routes.CONVERSATIONS, Routes.LIVE_SOCKET, Routes.RSOCKET})
    void whatAForeignPageIsToldHasThemToo(String path) {
        HttpHeaders headers = http.get()
                .uri(path)
                .header(HttpHeaders.ORIGIN, "https://evil.example")
                .exchange()
                .expectStatus()
                .isForbidden()
                .returnResult(Void.class)
                .getResponseHeaders();

        assertSafe(headers);
        assertThat(headers.getAccessControlAllowOrigin()).isNull();
    }

    @Test
    void aPageOfThisHostMayCall() {
        http.get()
                .uri(Routes.KEYS)
                .header(HttpHeaders.HOST, "chat.example")
                .header(HttpHeaders.ORIGIN, "https://chat.example")
                .exchange()
                .expectStatus()
                .isOk();
    }

    private static void assertSafe(HttpHeaders headers) {
        EXPECTED.forEach(
                (name, value) -> assertThat(headers.getFirst(name)).as(name).isEqualTo(value));
        assertThat(headers.getFirst(Headers.REQUEST_ID)).isNotBlank();
    }
}
