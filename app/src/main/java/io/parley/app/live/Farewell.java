package io.parley.app.live;

import io.parley.api.ServerFrame;
import io.parley.app.gateway.Problems;
import io.parley.domain.error.ChatException;
import io.parley.domain.error.ErrorCode;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Tells a client why its connection ends, and when to come back. */
final class Farewell {
    private Farewell() {}

    static ServerFrame.GoAway of(Throwable error) {
        ChatException known = Problems.known(error);
        return new ServerFrame.GoAway(known.code().wireName(), comeBackAfter(known));
    }

    /** Spread out, so that not all come at once. */
    private static @Nullable Long comeBackAfter(ChatException error) {
        return error.code() == ErrorCode.TOKEN_EXPIRED
                ? Long.valueOf(0)
                : error.retryAfter()
                        .map(after -> after.toMillis() / 4
                                + ThreadLocalRandom.current().nextLong(after.toMillis()))
                        .orElse(null);
    }
}
