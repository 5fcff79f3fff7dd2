package io.parley.app.http;

import io.parley.api.PresenceView;
import io.parley.api.Routes;
import io.parley.app.gateway.PresenceGateway;
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

    @GetMapping(Routes.PRESENCE)
    Mono<PresenceView> of(@PathVariable UUID id) {
        return presence.of(id);
    }
}
