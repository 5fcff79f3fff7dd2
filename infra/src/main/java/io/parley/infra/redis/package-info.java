/**
 * Redis: what may be lost. Every key has a time to live; when Redis is away, each adapter says what it does instead.
 *
 * <pre>
 * rate:{limit}:{caller}  the theoretical arrival time of the next request, in microseconds; expires when reached
 * session:{id}           when PostgreSQL was asked and called the session active, in milliseconds, for 10 s after that; or
 *                        "revoked", for 20 min
 * recent:{epoch}:{log}   sorted set of the log's last 200 changes, score = offset,
 *                        member = "kind reason item seq offset", a line feed, the frame as clients get it;
 *                        expires within an hour after the last change
 * presence:{user}        sorted set of the user's open connections, score = when they expire, in milliseconds by the
 *                        clock of Redis: 60 s after the last sign of life, 10 s after the end; expires 10 s later
 *
 * live:0 … live:255      channels, by conversation: "1 typing {conversation} {user}", or
 *                        "1 receipt {conversation} {user} {read seq} {delivered seq} {unread} {all or own}"; by user:
 *                        "1 presence {user}"
 * </pre>
 *
 * <p>Read {@link io.parley.infra.redis.RedisRateLimiter} first; the scripts are in {@code resources/lua}. {@link
 * io.parley.infra.redis.RedisSessionCache} says why a session that was revoked while Redis was away does not get in again,
 * and the one case in which it does for up to 10 s.
 */
@NullMarked
package io.parley.infra.redis;

import org.jspecify.annotations.NullMarked;
