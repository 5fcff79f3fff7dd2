package io.parley.domain.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure that a client is told about. Its kind says what to do with it ({@link #match}), its
 * {@link #code()} why it happened. Refusals carry no stack trace: they are answers, not faults.
 */
public abstract sealed class ChatException extends RuntimeException
        permits InvalidInput, Unauthenticated, Forbidden, NotFound, Conflict, LimitExceeded, Unavailable {

    private final ErrorCode code;

    ChatException(ErrorCode code, @Nullable Throwable cause) {
        super(code.wireName(), cause, false, cause != null);
        this.code = code;
    }

    public final ErrorCode code() {
        return code;
    }

    /** When the same request may succeed; empty where waiting does not help. */
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }

    /** Calls the case of this kind: the compiler keeps the list complete. */
    public abstract <R> R match(Cases<R> cases);

    /** One answer for each of the seven kinds. */
    public interface Cases<R> {
        R invalidInput(InvalidInput error);

        R unauthenticated(Unauthenticated error);

        R forbidden(Forbidden error);

        R notFound(NotFound error);

        R conflict(Conflict error);

        R limitExceeded(LimitExceeded error);

        R unavailable(Unavailable error);
    }
}
