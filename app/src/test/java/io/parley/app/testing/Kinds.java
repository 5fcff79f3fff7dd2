package io.parley.app.testing;

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
import java.util.Arrays;
import java.util.List;

/** One error of each kind, for tests that walk all of them. */
public final class Kinds {
    public static final Duration RETRY_AFTER = Duration.ofMillis(1_500);

    private static final List<ChatException> ALL = List.of(
            new InvalidInput(ErrorCode.MESSAGE_EMPTY),
            new Unauthenticated(ErrorCode.AUTH_REQUIRED),
            new Forbidden(ErrorCode.ORIGIN_FORBIDDEN),
            new NotFound(ErrorCode.MESSAGE_UNKNOWN),
            new Conflict(ErrorCode.MESSAGE_ID_REUSED),
            new LimitExceeded(ErrorCode.RATE_EXCEEDED, RETRY_AFTER),
            new Unavailable(ErrorCode.STORE_UNAVAILABLE, null));

    private Kinds() {}

    /** Errors: {@code IllegalStateException} if a kind has come that this list does not know. */
    public static List<ChatException> all() {
        if (ALL.size() != ChatException.class.getPermittedSubclasses().length) {
            throw new IllegalStateException(
                    "not all of " + Arrays.toString(ChatException.class.getPermittedSubclasses()));
        }
        return ALL;
    }
}
