package io.parley.infra.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.auth.AccessToken;
import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SigningKeyRepository;
import io.parley.domain.auth.SigningKeyRepository.SigningKey;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.auth.TokenVerifier;
import io.parley.domain.user.UserId;
import io.parley.infra.Node;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SigningKeysIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SigningKeyRepository stored = Node.first().get(SigningKeyRepository.class);

    @Test
    void whatOneNodeSignsAnotherBelieves() {
        Caller caller = new Caller(
                new UserId(UUID.randomUUID()),
                new SessionId(UUID.randomUUID()),
                Instant.now().plusSeconds(60).truncatedTo(ChronoUnit.SECONDS));

        AccessToken token = Node.first().get(TokenIssuer.class).issue(caller).block(TIMEOUT);

        assertThat(Node.second().get(TokenVerifier.class).verify(token.value()).block(TIMEOUT))
                .isEqualTo(caller);
    }

    @Test
    void whoComesLaterTakesTheKeyThatIsThere() throws Exception {
        List<SigningKey> before = stored.all().collectList().block(TIMEOUT);

        assertThat(stored.claim(SigningKeys.generate()).collectList().block(TIMEOUT))
                .isEqualTo(before)
                .hasSize(1)
                .allMatch(SigningKey::current);
    }

    @Test
    void aKeyDoesNotShowItselfInLogs() {
        SigningKey key = stored.all().blockFirst(TIMEOUT);

        assertThat(key.toString()).doesNotContain(key.pkcs8()).contains(key.id());
    }
}
