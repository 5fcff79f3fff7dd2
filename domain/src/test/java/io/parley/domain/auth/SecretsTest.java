package io.parley.domain.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final String FAMILY = Character.toString(0x1F46A);

    @Test
    void aPasswordIsMeasuredInCodePointsAndTakenAsItIs() {
        assertThat(new Password(" e\u0301 \u0000 \uD800 ").text()).isEqualTo(" e\u0301 \u0000 \uD800 ");
        assertThat(new Password(FAMILY.repeat(128)).text()).isEqualTo(FAMILY.repeat(128));
        for (String text : new String[] {"", "1234567", FAMILY.repeat(7), "x".repeat(129)}) {
            assertThatThrownBy(() -> new Password(text))
                    .isInstanceOfSatisfying(InvalidInput.class, error -> assertThat(error.code())
                            .isEqualTo(ErrorCode.PASSWORD_LENGTH));
        }
    }

    @Test
    void secretsDoNotShowThemselves() {
        RefreshToken refresh = RefreshToken.random();

        assertThat(new Password("12345678").toString()).doesNotContain("12345678");
        assertThat(new AccessToken("a.b.c").toString()).doesNotContain("a.b.c");
        assertThat(refresh.toString()).doesNotContain(refresh.value());
    }

    @Test
    void refreshTokensDifferAndSoDoTheirHashes() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            RefreshToken token = RefreshToken.random();
            assertThat(seen.add(token.value()) && seen.add(token.hash().hex())).isTrue();
            assertThat(new RefreshToken(token.value()).hash()).isEqualTo(token.hash());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "abc",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void whatHasNotTheFormIsNoRefreshToken(String text) {
        assertThatThrownBy(() -> new RefreshToken(text))
                .isInstanceOfSatisfying(
                        Unauthenticated.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.TOKEN_INVALID));
    }

    @Test
    void noTokenOutlivesItsSession() {
        Session fresh = session(Session.LIFE);
        assertThat(fresh.accessUntil(NOW)).isEqualTo("2026-01-02T03:19:05Z");
        assertThat(fresh.refreshUntil(NOW)).isEqualTo("2026-02-01T03:04:05Z");

        Session ending = session(Duration.ofMinutes(1));
        assertThat(ending.accessUntil(NOW)).isEqualTo("2026-01-02T03:05:05Z");
        assertThat(ending.refreshUntil(NOW)).isEqualTo("2026-01-02T03:05:05Z");
    }

    @Test
    void aDeviceFitsOnALine() {
        assertThat(new Device(" my\nphone\u202E\uD800 ").text()).isEqualTo("myphone");
        assertThat(new Device(FAMILY.repeat(100)).text()).isEqualTo(FAMILY.repeat(64));
    }

    private static Session session(Duration left) {
        return new Session(new SessionId(UUID.randomUUID()), new UserId(UUID.randomUUID()), NOW.plus(left));
    }
}
