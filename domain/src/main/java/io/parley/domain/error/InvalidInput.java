package io.parley.domain.error;

/** What was sent can never be accepted as it is. */
public final class InvalidInput extends ChatException {

    public InvalidInput(ErrorCode code) {
        super(code, null);
    }

    @Override
    public <R> R match(Cases<R> cases) {
        return cases.invalidInput(this);
    }
}
