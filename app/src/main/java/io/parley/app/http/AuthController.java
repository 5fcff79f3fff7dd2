package io.parley.app.http;

import io.parley.api.Refresh;
import io.parley.api.Register;
import io.parley.api.Routes;
import io.parley.api.SignIn;
import io.parley.api.SignedInView;
import io.parley.app.gateway.AccountGateway;
import io.parley.domain.auth.PublicKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** Accounts and sessions over HTTP. */
@RestController
final class AuthController {
    /** RFC 7517, section 8.5.2. */
    private static final MediaType KEY_SET = new MediaType("application", "jwk-set+json");

    private final AccountGateway accounts;
    private final PublicKeys keys;

    AuthController(AccountGateway accounts, PublicKeys keys) {
        this.accounts = accounts;
        this.keys = keys;
    }

    @Operation(summary = "Register: open an account, signed in")
    @SecurityRequirements
    @PostMapping(Routes.REGISTER)
    @ResponseStatus(HttpStatus.CREATED)
    Mono<SignedInView> register(@RequestBody Register request) {
        return accounts.register(request);
    }

    @Operation(summary = "Sign in")
    @SecurityRequirements
    @PostMapping(Routes.SIGN_IN)
    Mono<SignedInView> signIn(@RequestBody SignIn request) {
        return accounts.signIn(request);
    }

    @Operation(summary = "Go on with the next pair of tokens")
    @SecurityRequirements
    @PostMapping(Routes.REFRESH)
    Mono<SignedInView> refresh(@RequestBody Refresh request) {
        return accounts.refresh(request);
    }

    @Operation(summary = "End the session of the token")
    @PostMapping(Routes.SIGN_OUT)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    Mono<Void> signOut() {
        return accounts.signOut();
    }

    @Operation(summary = "The keys that verify access tokens")
    @SecurityRequirements
    @GetMapping(Routes.KEYS)
    Mono<ResponseEntity<String>> keys() {
        return keys.jwks().map(set -> ResponseEntity.ok().contentType(KEY_SET).body(set));
    }
}
