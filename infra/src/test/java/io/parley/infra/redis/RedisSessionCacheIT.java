package io.parley.infra.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.AccountRepository;
import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.user.User;
import io.parley.embedded.EmbeddedServer;
import io.parley.infra.Accounts;
import io.parley.infra.Node;
import io.parley.infra.Servers;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.core.ReactiveStringRedisTemplate;

class RedisSessionCacheIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SessionRepository first = Node.first().get(SessionRepository.class);
    private final SessionRepository second = Node.second().get(SessionRepository.class);
    private final RedisUptime uptime = Node.first().get(RedisUptime.class);
    private final ReactiveStringRedisTemplate redis = Node.first().get(ReactiveStringRedisTemplate.class);

    private final User user = Accounts.registered(Node.first().get(AccountRepository.class));
    private final RefreshToken refresh = RefreshToken.random();
    private final SessionId session = Accounts.opened(first, user, refresh);
    private final String key = Node.first().get(RedisKeys.class).of("session", session.value());

    /** Tests before these may have stopped it: Lettuce takes its time to come back. */
    @BeforeEach
    void awaitRedis() {
        Awaitility.await()
                .atMost(TIMEOUT)
                .until(() -> Node.first().get(RedisUptime.class).isThere()
                        && Node.second().get(RedisUptime.class).isThere());
    }

    @Test
    void anActiveSessionIsRememberedForTenSeconds() {
        assertThat(isActive(first)).isTrue();

        assertThat(redis.getExpire(key).block(TIMEOUT)).isPositive().isLessThanOrEqualTo(Duration.ofSeconds(10));
        assertThat(Long.parseLong(entry())).isLessThanOrEqualTo(System.currentTimeMillis());
    }

    @Test
    void aRememberedSessionNeedsNoPostgres() {
        assertThat(isActive(first)).isTrue();

        Servers.without(
                EmbeddedServer.POSTGRES, () -> assertThat(isActive(second)).isTrue());
    }

    @Test
    void aSignedOutSessionIsRefusedByEveryNodeAtOnce() {
        assertThat(isActive(first)).isTrue();
        assertThat(isActive(second)).isTrue();

        first.revoke(session).block(TIMEOUT);

        assertThat(isActive(second)).isFalse();
        assertThat(entry()).isEqualTo("revoked");
        assertThat(redis.getExpire(key).block(TIMEOUT)).isGreaterThan(Duration.ofMinutes(19));
    }

    @Test
    void aSpentRefreshTokenEndsTheSessionForEveryNodeAtOnce() {
        first.rotate(refresh.hash(), RefreshToken.random().hash()).block(TIMEOUT);
        assertThat(isActive(second)).isTrue();

        first.rotate(refresh.hash(), RefreshToken.random().hash()).block(TIMEOUT);

        assertThat(isActive(second)).isFalse();
    }

    /** As when PostgreSQL had answered before the session was revoked, and the answer is noted after that. */
    @Test
    void activeNeverReplacesRevoked() {
        redis.opsForValue().set(key, "revoked", Duration.ofMinutes(1)).block(TIMEOUT);

        assertThat(isActive(first)).isFalse();
        assertThat(entry()).isEqualTo("revoked");
    }

    @Test
    void withoutRedisPostgresIsAsked() {
        Servers.without(EmbeddedServer.REDIS, () -> {
            assertThat(isActive(first)).isTrue();
            first.revoke(session).block(TIMEOUT);
            assertThat(isActive(first)).isFalse();
        });
        backAgain();
        assertThat(isActive(first)).isFalse();
    }

    @Test
    void whatRedisRemembersFromBeforeItWasAwayDoesNotCount() {
        assertThat(isActive(first)).isTrue();
        String old = entry();

        Servers.without(EmbeddedServer.REDIS, () -> first.revoke(session).block(TIMEOUT));

        backAgain();
        assertThat(entry()).as("the old entry, kept by Redis").isEqualTo(old);
        assertThat(isActive(first)).isFalse();
    }

    private void backAgain() {
        Awaitility.await().atMost(TIMEOUT).until(uptime::isThere);
        Awaitility.await().atMost(TIMEOUT).until(Node.second().get(RedisUptime.class)::isThere);
    }

    private boolean isActive(SessionRepository node) {
        return node.isActive(session).block(TIMEOUT);
    }

    private String entry() {
        return redis.opsForValue().get(key).block(TIMEOUT);
    }
}
