package io.parley.app.gateway;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import org.jspecify.annotations.Nullable;

/** JSON may leave out what a record promises. */
final class Required {
    private Required() {}

    static <T> T field(@Nullable T value) {
        if (value == null) {
            throw new InvalidInput(ErrorCode.REQUEST_MALFORMED);
        }
        return value;
    }
}
