package io.parley.domain.auth;

import io.parley.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One sign-in on one device. It ends when it is revoked, {@link #LIFE} after it began, or when its refresh token has
 * not been used for {@link #IDLE}.
 *
 * @param endsAt the latest end, with microseconds
 */
public record Session(SessionId id, UserId user, Instant endsAt) {
    public static final Duration LIFE = Duration.ofDays(90);
    public static final Duration IDLE = Duration.ofDays(30);

    private static final Duration ACCESS = Duration.ofMinutes(15);

    /** Until when an access token made now is good: never beyond the session. In whole seconds, as tokens say it. */
    public Instant accessUntil(Instant now) {
        return earlier(now.plus(ACCESS), endsAt).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Until when a refresh token made now is good: never beyond the session. */
    public Instant refreshUntil(Instant now) {
        return earlier(now.plus(IDLE), endsAt).truncatedTo(ChronoUnit.SECONDS);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
