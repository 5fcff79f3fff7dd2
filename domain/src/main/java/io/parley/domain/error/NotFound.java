package io.parley.domain.error;

/** What is asked for does not exist for whoever asks: it may exist for others. */
public final class NotFound extends ChatException {

    public NotFound(ErrorCode code) {
        super(code, null);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.notFound(this);
    }
}
