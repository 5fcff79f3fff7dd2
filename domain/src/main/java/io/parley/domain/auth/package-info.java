/**
 * Who may ask, and how often.
 *
 * <p>Read {@link io.parley.domain.auth.RateLimiter} first; sign-in and sessions will live here.
 */
@NullMarked
package io.parley.domain.auth;

import org.jspecify.annotations.NullMarked;
