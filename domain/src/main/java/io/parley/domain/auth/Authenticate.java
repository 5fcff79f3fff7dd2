package io.parley.domain.auth;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import reactor.core.publisher.Mono;

/** Tells who is asking, from an access token: for every request of every transport. */
public final class Authenticate {
    private final TokenVerifier verifier;
    private final SessionRepository sessions;

    public Authenticate(TokenVerifier verifier, SessionRepository sessions) {
        this.verifier = verifier;
        this.sessions = sessions;
    }

    /**
     * Value: who is asking. Errors: {@code Unauthenticated} with {@code TOKEN_INVALID}, {@code TOKEN_EXPIRED} or {@code
     * SESSION_ENDED}, {@code Unavailable}.
     */
    public Mono<Caller> authenticate(String accessToken) {
        return verifier.verify(accessToken).flatMap(this::inSession).checkpoint("Authenticate");
    }

    private Mono<Caller> inSession(Caller caller) {
        return sessions.isActive(caller.session())
                .filter(active -> active)
                .switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.SESSION_ENDED)))
                .thenReturn(caller);
    }
}
