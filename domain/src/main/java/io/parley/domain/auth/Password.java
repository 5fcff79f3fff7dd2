package io.parley.domain.auth;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;

/**
 * What a person types to prove who they are: {@value #MIN_LENGTH} to {@value #MAX_LENGTH} code points, no other rules,
 * taken as it is. It does not show itself in logs.
 */
public record Password(String text) {
    public static final int MIN_LENGTH = 8;
    public static final int MAX_LENGTH = 128;

    public Password {
        int length = text.codePointCount(0, text.length());
        if (length < MIN_LENGTH || length > MAX_LENGTH) {
            throw new InvalidInput(ErrorCode.PASSWORD_LENGTH);
        }
    }

    @Override
    public String toString() {
        return "Password[hidden]";
    }
}
