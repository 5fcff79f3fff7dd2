package io.parley.infra.postgres;

import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unavailable;

/** What PostgreSQL and its driver throw, in the domain's words: whatever is not a refusal of ours is a store that is away. */
final class StoreErrors {
    private StoreErrors() {}

    static Throwable translated(Throwable error) {
        return error instanceof ChatException ? error : new Unavailable(ErrorCode.STORE_UNAVAILABLE, error);
    }
}
