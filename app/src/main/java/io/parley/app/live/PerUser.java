package io.parley.app.live;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Flux;

/** What each user may have only so many of on this node. From any thread. */
final class PerUser {
    /** Those of a client that has vanished are given up within a minute. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(30);

    private final Map<UserId, Integer> taken = new ConcurrentHashMap<>();
    private final int most;

    PerUser(int most) {
        this.most = most;
    }

    /** The same, which counts for as long as it lasts. Errors also: {@code LimitExceeded} if the user has so many already. */
    <T> Flux<T> admit(UserId user, Flux<T> lasting) {
        return Flux.using(() -> take(user), counted -> lasting, this::giveBack);
    }

    private UserId take(UserId user) {
        taken.compute(user, (same, had) -> one(had == null ? 0 : had));
        return user;
    }

    private int one(int had) {
        if (had == most) {
            throw new LimitExceeded(ErrorCode.LIVE_TOO_MANY, RETRY_AFTER);
        }
        return had + 1;
    }

    private void giveBack(UserId user) {
        taken.computeIfPresent(user, (same, had) -> had == 1 ? null : had - 1);
    }

    /** Whether nobody has any. */
    boolean isEmpty() {
        return taken.isEmpty();
    }
}
