package io.parley.infra.redis;

import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import java.time.Clock;
import java.time.Duration;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;
import reactor.core.publisher.Mono;

/**
 * Remembers for {@link #ACTIVE} that PostgreSQL called a session active, and for longer than any access token lives that
 * it was revoked. Without Redis each question goes to PostgreSQL.
 *
 * <p>A revoked session must not get in again. PostgreSQL learns of the end first, then Redis. An {@code active} entry is
 * written only where there is none, so that it never replaces {@code revoked}, and it ages from before the question was
 * asked. It counts only if it is younger than this node's connection to Redis: after a break there may have been
 * revocations that Redis never heard of. What remains is a node that revokes while it cannot reach Redis, and another
 * that can: for that one the session ends at most {@link #ACTIVE} late.
 */
final class RedisSessionCache implements SessionRepository {
    static final Duration ACTIVE = Duration.ofSeconds(10);
    static final Duration REVOKED = Duration.ofMinutes(20);

    private static final String IS_REVOKED = "revoked";

    private final SessionRepository stored;
    private final ReactiveStringRedisTemplate redis;
    private final RedisKeys keys;
    private final RedisUptime uptime;
    private final Clock clock;

    RedisSessionCache(
            SessionRepository stored,
            ReactiveStringRedisTemplate redis,
            RedisKeys keys,
            RedisUptime uptime,
            Clock clock) {
        this.stored = stored;
        this.redis = redis;
        this.keys = keys;
        this.uptime = uptime;
        this.clock = clock;
    }

    @Override
    public Mono<Void> open(NewSession session) {
        return stored.open(session);
    }

    @Override
    public Mono<Rotation> rotate(RefreshToken.Hash presented, RefreshToken.Hash next) {
        return stored.rotate(presented, next)
                .delayUntil(rotation -> rotation.outcome() == Rotation.Outcome.ROTATED
                        ? Mono.empty()
                        : noteRevoked(rotation.session().id()));
    }

    @Override
    public Mono<Void> revoke(SessionId session) {
        return stored.revoke(session).then(Mono.defer(() -> noteRevoked(session)));
    }

    @Override
    public Mono<Boolean> isActive(SessionId session) {
        return Mono.defer(() -> uptime.isThere() ? cached(session) : stored.isActive(session));
    }

    private Mono<Boolean> cached(SessionId session) {
        return redis.opsForValue()
                .get(key(session))
                .singleOptional()
                .map(entry -> entry.map(this::verdict).orElse(Verdict.UNKNOWN))
                .onErrorReturn(Verdict.AWAY)
                .flatMap(verdict -> answer(session, verdict));
    }

    private Mono<Boolean> answer(SessionId session, Verdict verdict) {
        return switch (verdict) {
            case ACTIVE -> Mono.just(true);
            case REVOKED -> Mono.just(false);
            case UNKNOWN -> asked(session);
            case AWAY -> stored.isActive(session);
        };
    }

    private Verdict verdict(String entry) {
        if (entry.equals(IS_REVOKED)) {
            return Verdict.REVOKED;
        }
        return uptime.sinceBefore(Long.parseLong(entry)) ? Verdict.ACTIVE : Verdict.UNKNOWN;
    }

    private Mono<Boolean> asked(SessionId session) {
        return Mono.defer(() -> {
            long before = clock.millis();
            return stored.isActive(session).delayUntil(active -> active ? noteActive(session, before) : Mono.empty());
        });
    }

    private Mono<Void> noteActive(SessionId session, long asOf) {
        Duration left = ACTIVE.minusMillis(clock.millis() - asOf);
        return left.isNegative() || left.isZero()
                ? Mono.empty()
                : redis.opsForValue()
                        .setIfAbsent(key(session), String.valueOf(asOf), left)
                        .then()
                        .onErrorComplete();
    }

    private Mono<Void> noteRevoked(SessionId session) {
        return uptime.isThere()
                ? redis.opsForValue()
                        .set(key(session), IS_REVOKED, REVOKED)
                        .then()
                        .onErrorComplete()
                : Mono.empty();
    }

    private String key(SessionId session) {
        return keys.of("session", session.value());
    }

    private enum Verdict {
        ACTIVE,
        REVOKED,
        UNKNOWN,
        AWAY
    }
}
