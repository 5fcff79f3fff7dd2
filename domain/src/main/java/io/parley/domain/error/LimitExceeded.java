package io.parley.domain.error;

import java.time.Duration;
import java.util.Optional;

/** The client asks for more than its share; after {@link #retryAfter()} it may ask again. */
public final class LimitExceeded extends ChatException {

    private final Duration retryAfter;

    public LimitExceeded(ErrorCode code, Duration retryAfter) {
        super(code, null);
        this.retryAfter = retryAfter;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.of(retryAfter);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.limitExceeded(this);
    }
}
