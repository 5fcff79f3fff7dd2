package io.parley.domain.error;

/** Who is asking is known, and may not do this. */
public final class Forbidden extends ChatException {

    public Forbidden(ErrorCode code) {
        super(code, null);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.forbidden(this);
    }
}
