package io.parley.app.testing;

import io.parley.api.Register;
import io.parley.api.Routes;
import io.parley.api.SignedInView;
import java.util.UUID;
import org.springframework.test.web.reactive.server.WebTestClient;

/** People who registered as anybody does: over HTTP. */
public final class Accounts {
    public static final String PASSWORD = "correct horse battery";

    private final WebTestClient http;

    public Accounts(Node node) {
        this.http = node.http();
    }

    /** Somebody new, signed in. */
    public SignedInView register() {
        return register(handle());
    }

    public SignedInView register(String handle) {
        return http.post()
                .uri(Routes.REGISTER)
                .bodyValue(new Register(handle, PASSWORD, "Someone", "a test"))
                .exchange()
                .expectStatus()
                .isCreated()
                .expectBody(SignedInView.class)
                .returnResult()
                .getResponseBody();
    }

    /** One that nobody has. */
    public static String handle() {
        return "T" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    }
}
