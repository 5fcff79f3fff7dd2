package io.parley.domain.auth;

import reactor.core.publisher.Mono;

/** Makes access tokens. */
public interface TokenIssuer {

    /** Value: a signed token that says so until the caller's {@code expiresAt}. Signing costs time: off the event loops. */
    Mono<AccessToken> issue(Caller caller);
}
