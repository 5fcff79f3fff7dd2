package io.parley.domain.live;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import reactor.core.publisher.BufferOverflowStrategy;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

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
        return Flux.defer(this::untilTooSlow).checkpoint("FollowChanges");
    }

    /** The buffer's own error would wait behind what it holds, for good if the client never asks again. */
    private Flux<EncodedChange> untilTooSlow() {
        Sinks.Empty<Void> overflow = Sinks.empty();
        return feed.changes()
                .onBackpressureBuffer(BUFFER, lost -> overflow.tryEmitEmpty(), BufferOverflowStrategy.DROP_LATEST)
                .takeUntilOther(overflow.asMono())
                .concatWith(Mono.error(FollowChanges::tooSlow));
    }

    private static LimitExceeded tooSlow() {
        return new LimitExceeded(ErrorCode.STREAM_TOO_SLOW, RETRY_AFTER);
    }
}
