package io.parley.api;

/** HTTP headers with a meaning of their own. */
public final class Headers {
    /**
     * Names one request in logs and problems, in both directions: 1 to 64 of {@code A-Z a-z 0-9 . _ -}. A request
     * without a usable one is given one.
     */
    public static final String REQUEST_ID = "X-Request-Id";

    private Headers() {}
}
