package io.parley.app.http;

import io.parley.api.PresenceView;
import io.parley.api.Routes;
import io.parley.app.gateway.PresenceGateway;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Who is there, over HTTP. */
@RestController
final class PresenceController {
    private final PresenceGateway presence;

    PresenceController(PresenceGateway presence) {
        this.presence = presence;
    }

    @Operation(summary = "Whether somebody is there")
    @GetMapping(Routes.PRESENCE)
    Mono<PresenceView> of(@PathVariable UUID id) {
        return presence.of(id);
    }
}
