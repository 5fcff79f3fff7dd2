package io.parley.loadtests.check.checker;

import io.parley.api.MessageView;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one offset of a log.
 *
 * @param at when it was known first
 * @param kind of the item: {@code message}, {@code member} or {@code conversation}
 * @param message its state, if somebody saw it and it is a message
 */
record Fact(
        long at,
        String kind,
        UUID item,
        @Nullable String reason,
        @Nullable MessageView message) {
    boolean isMessage() {
        return kind.equals("message");
    }

    /** That somebody comes into the conversation. */
    boolean comes() {
        return kind.equals("member") && ("joined".equals(reason) || "added".equals(reason));
    }

    boolean goes() {
        return kind.equals("member") && ("left".equals(reason) || "removed".equals(reason));
    }

    /** The same, with what the other one knows besides. */
    Fact with(Fact other) {
        return new Fact(
                Math.min(at, other.at),
                kind,
                item,
                reason == null ? other.reason : reason,
                message == null ? other.message : message);
    }
}
