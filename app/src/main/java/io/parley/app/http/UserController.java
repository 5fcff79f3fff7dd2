package io.parley.app.http;

import io.parley.api.Routes;
import io.parley.api.UserView;
import io.parley.app.gateway.UserGateway;
import io.swagger.v3.oas.annotations.Operation;
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

    @Operation(summary = "Who is asking")
    @GetMapping(Routes.ME)
    Mono<UserView> me() {
        return users.me();
    }

    @Operation(summary = "Find somebody by the exact handle")
    @GetMapping(Routes.USER_BY_HANDLE)
    Mono<UserView> byHandle(@PathVariable String handle) {
        return users.byHandle(handle);
    }

    @Operation(summary = "Find somebody by id")
    @GetMapping(Routes.USER)
    Mono<UserView> byId(@PathVariable UUID id) {
        return users.byId(id);
    }
}
