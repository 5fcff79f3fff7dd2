package io.parley.domain.auth;

import reactor.core.publisher.Mono;

/** By which others may verify our access tokens. */
public interface PublicKeys {

    /** Value: a JSON Web Key Set, RFC 7517: public parameters only. Asks nobody. */
    Mono<String> jwks();
}
