package io.parley.api;

/**
 * What this server takes on a live connection.
 *
 * @param maxFrameBytes longest frame
 * @param maxMessageLength longest text, in code points
 * @param maxList most entries of a {@code resume} frame
 * @param resumeChanges who is further behind in a log gets a {@code gap}
 */
public record LiveLimits(int maxFrameBytes, int maxMessageLength, int maxList, int resumeChanges) {

    /** Those of this release. */
    public static LiveLimits current() {
        return new LiveLimits(
                Limits.MAX_INBOUND_BYTES, Limits.MAX_MESSAGE_LENGTH, Limits.MAX_LIST, Limits.RESUME_CHANGES);
    }
}
