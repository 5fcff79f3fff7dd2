package io.parley.domain.auth;

import reactor.core.publisher.Mono;

/** Ends the session of whoever is asking; its tokens are worthless from then on. */
public final class SignOut {
    private final EndSession endSession;

    public SignOut(EndSession endSession) {
        this.endSession = endSession;
    }

    /** Completes when it is stored. Errors: {@code Unavailable}. */
    public Mono<Void> signOut(Caller caller) {
        return endSession.end(caller.session()).checkpoint("SignOut");
    }
}
