package io.parley.domain.personal;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.InvalidInput;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What a member wants to be other than it is; null: as it is. */
public record PersonalPatch(
        @Nullable Notify level,
        @Nullable Mute mute,
        @Nullable Boolean markedUnread) {

    /**
     * Until when to be muted, as precise as it is stored; null: no longer.
     */
    public record Mute(@Nullable Instant until) {
        private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

        public Mute {
            if (until != null && (until.isBefore(Instant.EPOCH) || until.isAfter(LAST))) {
                throw new InvalidInput(ErrorCode.REQUEST_MALFORMED);
            }
            until = until == null ? null : until.truncatedTo(ChronoUnit.MICROS);
        }
    }
}
