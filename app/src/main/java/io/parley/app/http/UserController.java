package io.parley.app.http;

import io.parley.api.Routes;
import io.parley.api.UserView;
import io.parley.app.gateway.UserGateway;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** People over HTTP. */
@RestController
final class UserController {
    private final UserGateway users;

    UserController(UserGateway users) {
        this.users = users;
    }

    @GetMapping(Routes.ME)
    Mono<UserView> me() {
        return users.me();
    }

    @GetMapping(Routes.USER_BY_HANDLE)
    Mono<UserView> byHandle(@PathVariable String handle) {
        return users.byHandle(handle);
    }

    @GetMapping(Routes.USER)
    Mono<UserView> byId(@PathVariable UUID id) {
        return users.byId(id);
    }
}
