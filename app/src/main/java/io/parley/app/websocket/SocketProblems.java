package io.parley.app.websocket;

import io.parley.app.gateway.Problems;
import io.parley.app.gateway.RequestIds;
import io.parley.domain.error.ChatException;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;

/**
 * Says with which code a connection ends that cannot go on; errors of single commands are frames. Codes are those of RFC
 * 6455 and its registry where one fits; else 4000–4499 for who may come back as it is, 4500–4999 for who may not.
 */
@Component
final class SocketProblems {
    /** Nothing was heard for so long that nobody can be there. */
    static final CloseStatus SILENCE = new CloseStatus(4000, "live.silence");

    private static final int SERVICE_RESTART = 1012;
    private static final int TRY_AGAIN_LATER = 1013;
    private static final int TOKEN_EXPIRED = 4001;
    private static final int SESSION_ENDED = 4501;
    private static final int NOT_SIGNED_IN = 4502;

    CloseStatus closeStatus(Throwable error) {
        ChatException known = Problems.known(error);
        String reason = Problems.of(known, RequestIds.next()).code();
        return new CloseStatus(code(known), reason);
    }

    private static int code(ChatException error) {
        return switch (error.code()) {
            case NODE_STOPPING -> SERVICE_RESTART;
            case SERVER_FAILURE -> CloseStatus.SERVER_ERROR.getCode();
            case REQUEST_TOO_LARGE -> CloseStatus.TOO_BIG_TO_PROCESS.getCode();
            case TOKEN_EXPIRED -> TOKEN_EXPIRED;
            case SESSION_ENDED -> SESSION_ENDED;
            case TOKEN_INVALID, AUTH_REQUIRED -> NOT_SIGNED_IN;
            default -> error.retryAfter().isPresent() ? TRY_AGAIN_LATER : CloseStatus.POLICY_VIOLATION.getCode();
        };
    }
}
