package io.parley.domain.auth;

import io.parley.domain.user.User;
import java.time.Instant;
import reactor.core.publisher.Mono;

/** Where sessions rest. Whether one has ended is told by the store's clock. Nothing happens before subscription. */
public interface SessionRepository {

    /** Stores a new session with its first refresh token; completes after the commit. Errors: {@code Unavailable}. */
    Mono<Void> open(NewSession session);

    /**
     * Replaces the refresh token {@code presented} by {@code next}, after which the first is spent; of several who present
     * it at once, one gets {@code ROTATED}. Whoever presents a spent token may have stolen it, or been stolen from:
     * that revokes the session.
     *
     * <p>Value: what became of it, after the commit; none if no session knows that token. A session remembers the last
     * token that it spent, no earlier ones. Errors: {@code Unavailable}; then the token may be spent.
     */
    Mono<Rotation> rotate(RefreshToken.Hash presented, RefreshToken.Hash next);

    /** Ends the session, now and for good; completes after the commit. Doing it twice does nothing. Errors: {@code Unavailable}. */
    Mono<Void> revoke(SessionId session);

    /**
     * Value: whether the session goes on: not revoked, not at its end, refreshed lately, and its user still there. An answer
     * may be as old as the implementation says. An unknown session is not active. Errors: {@code Unavailable}.
     */
    Mono<Boolean> isActive(SessionId session);

    /**
     * A session that is about to be stored.
     *
     * @param openedAt with microseconds
     */
    record NewSession(Session session, Device device, Instant openedAt, RefreshToken.Hash refresh) {}

    /** What became of a refresh token, and whose it was. */
    record Rotation(Outcome outcome, Session session, User user) {

        /** {@code REUSED}: it was spent already, and the session is revoked now. */
        public enum Outcome {
            ROTATED,
            REUSED,
            ENDED
        }
    }
}
