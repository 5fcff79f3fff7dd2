package io.parley.domain.error;

/** The request contradicts what is stored already. */
public final class Conflict extends ChatException {

    public Conflict(ErrorCode code) {
        super(code, null);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.conflict(this);
    }
}
