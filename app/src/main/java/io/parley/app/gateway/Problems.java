package io.parley.app.gateway;

import io.parley.api.Problem;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.Conflict;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Forbidden;
import io.parley.domain.error.InvalidInput;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.error.NotFound;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.error.Unavailable;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Describes errors in the words of the public contract, and logs them. */
public final class Problems {
    private static final Logger log = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** What is not one of the seven kinds is a fault of ours, and none of the client's business. */
    public static ChatException known(Throwable error) {
        return error instanceof ChatException known ? known : new Unavailable(ErrorCode.SERVER_FAILURE, error);
    }

    public static Problem of(ChatException error, String requestId) {
        return of(error, statusOf(error), requestId);
    }

    /** The same with a status of the transport's choosing, where it knows better than the kind. */
    public static Problem of(ChatException error, int status, String requestId) {
        log(error, requestId);
        Optional<Duration> retryAfter = error.retryAfter();
        return new Problem(
                "about:blank",
                error.getClass().getSimpleName(),
                status,
                error.code().wireName(),
                Details.of(error.code()),
                retryAfter.isPresent(),
                retryAfter.map(Duration::toMillis).orElse(null),
                requestId);
    }

    private static int statusOf(ChatException error) {
        return error.code() == ErrorCode.SERVER_FAILURE ? 500 : error.match(STATUS);
    }

    /** On every transport: with the request id an operator finds what a client was told, and why. */
    private static void log(ChatException error, String requestId) {
        boolean ours = error instanceof Unavailable && error.getCause() != null;
        log.atLevel(ours ? Level.ERROR : Level.INFO)
                .setCause(error.getCause())
                .addKeyValue("requestId", requestId)
                .addKeyValue("code", error.code().wireName())
                .log(ours ? "request failed" : "request refused");
    }

    private static final ChatException.Cases<Integer> STATUS = new ChatException.Cases<>() {
        @Override
        public Integer invalidInput(InvalidInput error) {
            return 400;
        }

        @Override
        public Integer unauthenticated(Unauthenticated error) {
            return 401;
        }

        @Override
        public Integer forbidden(Forbidden error) {
            return 403;
        }

        @Override
        public Integer notFound(NotFound error) {
            return 404;
        }

        @Override
        public Integer conflict(Conflict error) {
            return 409;
        }

        @Override
        public Integer limitExceeded(LimitExceeded error) {
            return 429;
        }

        @Override
        public Integer unavailable(Unavailable error) {
            return 503;
        }
    };
}
