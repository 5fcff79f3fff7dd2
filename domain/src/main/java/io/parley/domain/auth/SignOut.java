package io.parley.domain.auth;

import reactor.core.publisher.Mono;

/** Ends the session of whoever is asking; its tokens are worthless from then on. */
public final class SignOut {
    private final SessionRepository sessions;

    public SignOut(SessionRepository sessions) {
        this.sessions = sessions;
    }

    /** Completes when it is stored. Errors: {@code Unavailable}. */
    public Mono<Void> signOut(Caller caller) {
        return sessions.revoke(caller.session()).checkpoint("SignOut");
    }
}
