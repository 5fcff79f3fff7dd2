package io.parley.app.rsocket;

import io.parley.api.Routes;
import io.parley.api.UserView;
import io.parley.app.gateway.UserGateway;
import org.springframework.messaging.handler.annotation.MessageMapping;
import org.springframework.stereotype.Controller;
import reactor.core.publisher.Mono;

/** People over RSocket. */
@Controller
final class UserRSocketController {
    private final UserGateway users;

    UserRSocketController(UserGateway users) {
        this.users = users;
    }

    @MessageMapping(Routes.USERS_ME)
    Mono<UserView> me() {
        return users.me();
    }
}
