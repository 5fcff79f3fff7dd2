package io.parley.domain.auth;

import io.parley.domain.auth.SessionRepository.Rotation;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** Changes a refresh token into a new pair of tokens, once. */
public final class RefreshSession {
    static final RateLimit LIMIT = new RateLimit("refresh", 100, Duration.ofMillis(100));

    private final CallLimit perAddress;
    private final SessionRepository sessions;
    private final OpenSession openSession;
    private final EndSession endSession;

    public RefreshSession(
            RateLimiter limiter, SessionRepository sessions, OpenSession openSession, EndSession endSession) {
        this.perAddress = new CallLimit(limiter, LIMIT);
        this.sessions = sessions;
        this.openSession = openSession;
        this.endSession = endSession;
    }

    /**
     * Value: the new tokens; the old refresh token is spent. Errors: {@code Unauthenticated} with {@code SESSION_ENDED} if
     * the session has ended or this token was spent before, which ends it, and with {@code TOKEN_INVALID} if it is unknown;
     * {@code LimitExceeded}, {@code Unavailable}.
     */
    public Mono<SignedIn> refresh(String address, RefreshToken presented) {
        return perAddress
                .acquire(address)
                .then(Mono.defer(() -> rotate(presented, RefreshToken.random())))
                .checkpoint("RefreshSession");
    }

    private Mono<SignedIn> rotate(RefreshToken presented, RefreshToken next) {
        return sessions.rotate(presented.hash(), next.hash())
                .switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.TOKEN_INVALID)))
                .flatMap(rotation -> issued(rotation, next));
    }

    /** A token that is used twice has been stolen from somebody: its session ends on all its connections. */
    private Mono<SignedIn> issued(Rotation rotation, RefreshToken next) {
        Mono<SignedIn> ended = Mono.error(() -> new Unauthenticated(ErrorCode.SESSION_ENDED));
        return switch (rotation.outcome()) {
            case ROTATED -> openSession.issue(rotation.user(), rotation.session(), next);
            case REUSED -> endSession.end(rotation.session().id()).then(ended);
            case ENDED -> ended;
        };
    }
}
