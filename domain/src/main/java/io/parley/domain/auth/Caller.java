package io.parley.domain.auth;

import io.parley.domain.user.UserId;
import java.time.Instant;

/**
 * Who is asking: what an access token says.
 *
 * @param expiresAt until when that is believed, in whole seconds
 */
public record Caller(UserId user, SessionId session, Instant expiresAt) {}
