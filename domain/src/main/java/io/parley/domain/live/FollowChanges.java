package io.parley.domain.live;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;

/** Follows the changes as they happen, holding at most {@value #BUFFER} of them for a client that lags. */
public final class FollowChanges {
    static final int BUFFER = 256;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ChangeFeed feed;

    public FollowChanges(ChangeFeed feed) {
        this.feed = feed;
    }

    /** Never completes. Errors: {@code LimitExceeded} once the client lags by more than the buffer. */
    public Flux<EncodedChange> follow() {
        return feed.changes()
                .onBackpressureBuffer(BUFFER, BufferOverflowStrategy.ERROR)
                .onErrorMap(IllegalStateException.class, overflow -> tooSlow())
                .checkpoint("FollowChanges");
    }

    private static LimitExceeded tooSlow() {
        return new LimitExceeded(ErrorCode.STREAM_TOO_SLOW, RETRY_AFTER);
    }
}
