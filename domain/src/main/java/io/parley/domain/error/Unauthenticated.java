package io.parley.domain.error;

/** The route needs to know who is asking, and nobody convincing did. */
public final class Unauthenticated extends ChatException {

    public Unauthenticated(ErrorCode code) {
        super(code, null);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.unauthenticated(this);
    }
}
