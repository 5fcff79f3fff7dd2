package io.parley.app.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import io.parley.api.ServerFrame;
import io.parley.app.testing.Kinds;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.error.Unavailable;
import org.junit.jupiter.api.Test;

class SocketProblemsTest {
    private final SocketProblems problems = new SocketProblems();

    @Test
    void everyKindBecomesAnErrorFrameWithTheRefOfItsCommand() {
        for (ChatException error : Kinds.all()) {
            ServerFrame.Failure frame = (ServerFrame.Failure) problems.frame("7", error, "id");

            assertThat(frame.ref()).isEqualTo("7");
            assertThat(frame.problem().code()).isEqualTo(error.code().wireName());
        }
    }

    @Test
    void whatEndsTheConnectionHasAStandardCloseCode() {
        assertThat(closeCode(new Unavailable(ErrorCode.NODE_STOPPING, null))).isEqualTo(1012);
        assertThat(closeCode(new LimitExceeded(ErrorCode.STREAM_TOO_SLOW, Kinds.RETRY_AFTER)))
                .isEqualTo(1013);
        assertThat(closeCode(new Unavailable(ErrorCode.STORE_UNAVAILABLE, null)))
                .isEqualTo(1013);
        assertThat(closeCode(new IllegalStateException("a bug"))).isEqualTo(1011);
    }

    private int closeCode(Throwable error) {
        return problems.closeStatus(error).getCode();
    }
}
