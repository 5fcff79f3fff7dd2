package io.parley.domain.auth;

import io.parley.domain.auth.SessionRepository.NewSession;
import io.parley.domain.auth.SignedIn.Tokens;
import io.parley.domain.user.User;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Opens a session for somebody who has proved who they are; what registering and signing in have in common. */
public final class OpenSession {
    private final SessionRepository sessions;
    private final TokenIssuer issuer;
    private final Supplier<SessionId> ids;
    private final Clock clock;

    public OpenSession(SessionRepository sessions, TokenIssuer issuer, Supplier<SessionId> ids, Clock clock) {
        this.sessions = sessions;
        this.issuer = issuer;
        this.ids = ids;
        this.clock = clock;
    }

    /** Value: the session and its tokens, once it is stored. Errors: {@code Unavailable}. */
    public Mono<SignedIn> open(User user, Device device) {
        return Mono.defer(() -> {
            // PostgreSQL keeps microseconds.
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            Session session = new Session(ids.get(), user.id(), now.plus(Session.LIFE));
            RefreshToken refresh = RefreshToken.random();
            return sessions.open(new NewSession(session, device, now, refresh.hash()))
                    .then(issue(user, session, refresh));
        });
    }

    /** The tokens of a session that is stored with this refresh token. */
    Mono<SignedIn> issue(User user, Session session, RefreshToken refresh) {
        return Mono.defer(() -> {
            Instant now = clock.instant();
            Caller caller = new Caller(user.id(), session.id(), session.accessUntil(now));
            return issuer.issue(caller)
                    .map(access -> new Tokens(access, caller.expiresAt(), refresh, session.refreshUntil(now)))
                    .map(tokens -> new SignedIn(user, session.id(), tokens));
        });
    }
}
