/**
 * Who is asking, and how often they may. Whoever signs in opens a session; a session hands out access tokens, which
 * say who is asking for a quarter of an hour, and refresh tokens, each of which is good for one more pair of both.
 *
 * <p>Read {@link io.parley.domain.auth.Authenticate} first, then {@link io.parley.domain.auth.SignIn}. The ports are
 * {@link io.parley.domain.auth.AccountRepository}, {@link io.parley.domain.auth.SessionRepository}, {@link
 * io.parley.domain.auth.PasswordHasher}, {@link io.parley.domain.auth.TokenIssuer}, {@link
 * io.parley.domain.auth.TokenVerifier} and {@link io.parley.domain.auth.RateLimiter}.
 */
@NullMarked
package io.parley.domain.auth;

import org.jspecify.annotations.NullMarked;
