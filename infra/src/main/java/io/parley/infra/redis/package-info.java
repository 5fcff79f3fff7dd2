/**
 * Redis: what may be lost. Every key has a time to live; when Redis is away, each adapter says what it does instead.
 *
 * <pre>
 * rate:{limit}:{caller}  the theoretical arrival time of the next request, in microseconds; expires when reached
 * session:{id}           when PostgreSQL was asked and called the session active, in milliseconds, for 10 s after that; or
 *                        "revoked", for 20 min
 * </pre>
 *
 * <p>Read {@link io.parley.infra.redis.RedisRateLimiter} first; the script is in {@code resources/lua}. {@link
 * io.parley.infra.redis.RedisSessionCache} says why a session that was revoked while Redis was away does not get in again,
 * and the one case in which it does for up to 10 s.
 */
@NullMarked
package io.parley.infra.redis;

import org.jspecify.annotations.NullMarked;
