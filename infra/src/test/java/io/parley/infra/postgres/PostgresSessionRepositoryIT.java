package io.parley.infra.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.AccountRepository;
import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.auth.SessionRepository.Rotation;
import io.parley.domain.auth.SessionRepository.Rotation.Outcome;
import io.parley.domain.user.User;
import io.parley.infra.Accounts;
import io.parley.infra.Node;
import io.r2dbc.pool.ConnectionPool;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

class PostgresSessionRepositoryIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final DatabaseClient database = DatabaseClient.create(Node.first().get(ConnectionPool.class));
    private final SessionRepository sessions =
            new PostgresSessionRepository(Node.first().get(Store.class));
    private final SessionRepository elsewhere =
            new PostgresSessionRepository(Node.second().get(Store.class));

    private final User user = Accounts.registered(Node.first().get(AccountRepository.class));
    private final RefreshToken first = RefreshToken.random();
    private final SessionId session = Accounts.opened(sessions, user, first);

    @Test
    void aSessionIsActiveUntilItIsRevoked() {
        assertThat(isActive()).isTrue();

        sessions.revoke(session).then(elsewhere.revoke(session)).block(TIMEOUT);

        assertThat(isActive()).isFalse();
    }

    @Test
    void anUnknownSessionIsNotActive() {
        assertThat(sessions.isActive(new SessionId(UUID.randomUUID())).block(TIMEOUT))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update sessions set ends_at = now() where id = :id",
                "update sessions set refreshed_at = now() - interval '30 days' where id = :id",
                "update sessions set revoked_at = now() where id = :id",
                "update users set deleted_at = now() where id = (select user_id from sessions where id = :id)"
            })
    void anEndedSessionIsNeitherActiveNorRefreshed(String end) {
        database.sql(end).bind("id", session.value()).then().block(TIMEOUT);

        assertThat(isActive()).isFalse();
        assertThat(rotate(first, RefreshToken.random()).outcome()).isEqualTo(Outcome.ENDED);
        assertThat(isActive()).isFalse();
    }

    @Test
    void aRefreshTokenIsGoodForTheNextOne() {
        RefreshToken second = RefreshToken.random();

        Rotation rotated = rotate(first, second);

        assertThat(rotated.outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(rotated.user()).isEqualTo(user);
        assertThat(rotated.session().id()).isEqualTo(session);
        assertThat(rotate(second, RefreshToken.random()).outcome()).isEqualTo(Outcome.ROTATED);
        assertThat(isActive()).isTrue();
    }

    @Test
    void aSpentTokenRevokesTheSession() {
        RefreshToken second = RefreshToken.random();
        rotate(first, second);

        assertThat(rotate(first, RefreshToken.random()).outcome()).isEqualTo(Outcome.REUSED);

        assertThat(isActive()).isFalse();
        assertThat(rotate(second, RefreshToken.random()).outcome()).isEqualTo(Outcome.ENDED);
    }

    @Test
    void ofManyWhoPresentOneTokenOneIsServedAndTheSessionEnds() {
        List<Outcome> outcomes = Flux.range(0, 20)
                .flatMap(
                        i -> (i % 2 == 0 ? sessions : elsewhere)
                                .rotate(first.hash(), RefreshToken.random().hash())
                                .map(Rotation::outcome)
                                .subscribeOn(Schedulers.parallel()),
                        20)
                .collectList()
                .block(TIMEOUT);

        assertThat(outcomes)
                .hasSize(20)
                .containsOnlyOnce(Outcome.ROTATED)
                .filteredOn(outcome -> outcome == Outcome.REUSED)
                .hasSize(19);
        assertThat(isActive()).isFalse();
    }

    @Test
    void anUnknownTokenIsNobodys() {
        assertThat(sessions.rotate(
                                RefreshToken.random().hash(),
                                RefreshToken.random().hash())
                        .blockOptional(TIMEOUT))
                .isEmpty();
        assertThat(isActive()).isTrue();
    }

    private Rotation rotate(RefreshToken presented, RefreshToken next) {
        return sessions.rotate(presented.hash(), next.hash()).block(TIMEOUT);
    }

    private boolean isActive() {
        return elsewhere.isActive(session).block(TIMEOUT);
    }
}
