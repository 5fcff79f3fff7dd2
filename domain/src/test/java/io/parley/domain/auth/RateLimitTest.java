package io.parley.domain.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private static final Duration MILLISECOND = Duration.ofMillis(1);

    @Test
    void aLimitThatNobodyCouldMeetOrReachIsRefused() {
        refused(0, MILLISECOND);
        refused(-1, MILLISECOND);
        refused(1, Duration.ZERO);
        refused(1, Duration.ofNanos(999_999));
        refused(1, Duration.ofSeconds(-1));
    }

    @Test
    void theBoundsThemselvesAreAllowed() {
        assertThat(new RateLimit("post", 1, MILLISECOND).interval()).isEqualTo(MILLISECOND);
    }

    private static void refused(int burst, Duration interval) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RateLimit("post", burst, interval));
    }
}
