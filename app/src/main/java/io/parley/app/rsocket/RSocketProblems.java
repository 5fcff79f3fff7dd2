package io.parley.app.rsocket;

import io.parley.api.Problem;
import io.parley.app.gateway.Problems;
import io.parley.app.gateway.RequestIds;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Forbidden;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.error.Unavailable;
import io.rsocket.RSocketErrorException;
import io.rsocket.exceptions.ApplicationErrorException;
import io.rsocket.exceptions.ConnectionErrorException;
import io.rsocket.exceptions.InvalidException;
import io.rsocket.exceptions.InvalidSetupException;
import io.rsocket.exceptions.RejectedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.springframework.core.codec.CodecException;
import org.springframework.messaging.MessageDeliveryException;
import org.springframework.messaging.converter.MessageConversionException;
import org.springframework.messaging.handler.invocation.MethodArgumentResolutionException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Turns whatever went wrong into an error frame whose data is a {@link Problem}. The frame's own code tells what any
 * RSocket client knows: REJECTED may be tried again, INVALID may not. The only place that does.
 */
@Component
final class RSocketProblems {
    private final JsonMapper json;

    RSocketProblems(JsonMapper json) {
        this.json = json;
    }

    Throwable frame(Throwable error, String requestId) {
        ChatException known = Problems.known(translated(error));
        return known.match(new FrameCode(problem(known, requestId)));
    }

    /** Said before the connection is closed: what was sent cannot even be told from what comes after it. */
    RSocketErrorException tooLarge() {
        return new ConnectionErrorException(problem(new InvalidInput(ErrorCode.REQUEST_TOO_LARGE), RequestIds.next()));
    }

    /** Said instead of taking the setup: the acceptor would come too late, after the timer. */
    RSocketErrorException badPatience() {
        return new InvalidSetupException(problem(new InvalidInput(ErrorCode.SETUP_KEEP_ALIVE), RequestIds.next()));
    }

    private String problem(ChatException known, String requestId) {
        return new String(json.writeValueAsBytes(Problems.of(known, requestId)), StandardCharsets.UTF_8);
    }

    /** What Spring refuses before a controller is reached. */
    private static Throwable translated(Throwable error) {
        if (error instanceof AccessDeniedException || error instanceof AuthenticationException) {
            return new Unauthenticated(ErrorCode.AUTH_REQUIRED);
        }
        if (error instanceof MessageDeliveryException) {
            return new InvalidInput(ErrorCode.REQUEST_UNSUPPORTED);
        }
        if (error instanceof MethodArgumentResolutionException
                || error instanceof MessageConversionException
                || error instanceof CodecException
                || isUnreadableMetadata(error)) {
            return new InvalidInput(ErrorCode.REQUEST_MALFORMED);
        }
        return error;
    }

    /** RSocket's codecs throw nothing of their own: where it was thrown tells it from a fault of ours. */
    private static boolean isUnreadableMetadata(Throwable error) {
        return Arrays.stream(error.getStackTrace()).limit(12).anyMatch(frame -> frame.getClassName()
                .startsWith("io.rsocket.metadata."));
    }

    /** Codes of the RSocket protocol, 1.0, section "Error Codes". */
    private record FrameCode(String problem) implements ChatException.Cases<Throwable> {
        @Override
        public Throwable invalidInput(InvalidInput error) {
            return new InvalidException(problem);
        }

        @Override
        public Throwable unauthenticated(Unauthenticated error) {
            return new ApplicationErrorException(problem);
        }

        @Override
        public Throwable forbidden(Forbidden error) {
            return new ApplicationErrorException(problem);
        }

        @Override
        public Throwable notFound(NotFound error) {
            return new ApplicationErrorException(problem);
        }

        @Override
        public Throwable conflict(Conflict error) {
            return new ApplicationErrorException(problem);
        }

        @Override
        public Throwable limitExceeded(LimitExceeded error) {
            return new RejectedException(problem);
        }

        @Override
        public Throwable unavailable(Unavailable error) {
            return new RejectedException(problem);
        }
    }
}
