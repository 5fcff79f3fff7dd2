package io.parley.domain.auth;

import reactor.core.publisher.Mono;

/** Reads access tokens. Knows nothing of sessions: one that has been revoked is none of its business. */
public interface TokenVerifier {

    /**
     * Value: who is asking. Errors: {@code Unauthenticated} with {@code TOKEN_EXPIRED} if a token of ours is past its end,
     * to the second, and with {@code TOKEN_INVALID} for everything else that is not ours. Asks nobody.
     */
    Mono<Caller> verify(String accessToken);
}
