package io.parley.app.websocket;

import io.parley.api.ServerFrame;
import io.parley.app.gateway.Problems;
import io.parley.app.gateway.RequestIds;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.socket.CloseStatus;

/**
 * Turns whatever went wrong into an {@code error} frame, or into a close code where the connection cannot go on. The
 * only place that does. Codes are those of RFC 6455 and its registry: 1012 restart, 1013 try again later, 1011 fault.
 */
@Component
final class SocketProblems {
    private static final int SERVICE_RESTART = 1012;
    private static final int TRY_AGAIN_LATER = 1013;

    ServerFrame frame(@Nullable String ref, Throwable error, String requestId) {
        return new ServerFrame.Failure(ref, Problems.of(Problems.known(error), requestId));
    }

    CloseStatus closeStatus(Throwable error) {
        ChatException known = Problems.known(error);
        String reason = Problems.of(known, RequestIds.next()).code();
        if (known.code() == ErrorCode.NODE_STOPPING) {
            return new CloseStatus(SERVICE_RESTART, reason);
        }
        return known.retryAfter().isPresent() && known.code() != ErrorCode.SERVER_FAILURE
                ? new CloseStatus(TRY_AGAIN_LATER, reason)
                : CloseStatus.SERVER_ERROR.withReason(reason);
    }
}
