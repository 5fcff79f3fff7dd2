package io.parley.domain.auth;

import io.parley.domain.user.User;
import java.time.Instant;

/** Who has signed in, and what proves it from now on. */
public record SignedIn(User user, SessionId session, Tokens tokens) {

    /** An access token and the refresh token for the next pair, each with its end. */
    public record Tokens(AccessToken access, Instant accessExpiresAt, RefreshToken refresh, Instant refreshExpiresAt) {}
}
