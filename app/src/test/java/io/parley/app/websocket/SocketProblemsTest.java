package io.parley.app.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.error.Unavailable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("wire-problems")
class SocketProblemsTest {
    private final SocketProblems problems = new SocketProblems();

    @Test
    @Tag("wire-close")
    void whatEndsTheConnectionHasAStandardCloseCode() {
        assertThat(closeCode(new Unavailable(ErrorCode.NODE_STOPPING, null))).isEqualTo(1012);
        assertThat(closeCode(new InvalidInput(ErrorCode.LIVE_HELLO_REQUIRED))).isEqualTo(1008);
        assertThat(closeCode(new InvalidInput(ErrorCode.REQUEST_TOO_LARGE))).isEqualTo(1009);
        assertThat(closeCode(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)))
                .isEqualTo(1013);
        assertThat(closeCode(new IllegalStateException("a bug"))).isEqualTo(1011);
    }

    @Test
    @Tag("wire-close")
    void whoMayNotComeBackAsItIsIsToldByTheCode() {
        assertThat(closeCode(new Unauthenticated(ErrorCode.TOKEN_EXPIRED))).isEqualTo(4001);
        assertThat(closeCode(new Unauthenticated(ErrorCode.SESSION_ENDED))).isEqualTo(4501);
        assertThat(closeCode(new Unauthenticated(ErrorCode.TOKEN_INVALID))).isEqualTo(4502);
    }

    private int closeCode(Throwable error) {
        return problems.closeStatus(error).getCode();
    }
}
