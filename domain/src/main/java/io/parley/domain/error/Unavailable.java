package io.parley.domain.error;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server, or one behind it, cannot answer now. Whether the request took effect is unknown: repeat it. */
public final class Unavailable extends ChatException {

    /** Long enough for a restart behind us to be under way, short enough for a person to wait. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    public Unavailable(ErrorCode code, @Nullable Throwable cause) {
        super(code, cause);
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(RETRY_AFTER);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.unavailable(this);
    }
}
