/**
 * Redis: what may be lost. Every key has a time to live; when Redis is away, each adapter says what it does instead.
 *
 * <pre>
 * rate:{limit}:{caller}  the theoretical arrival time of the next request, in microseconds; expires when reached
 * </pre>
 *
 * <p>Read {@link io.parley.infra.redis.RedisRateLimiter} first; the script is in {@code resources/lua}.
 */
@NullMarked
package io.parley.infra.redis;

import org.jspecify.annotations.NullMarked;
