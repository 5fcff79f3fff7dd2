package io.parley.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why something did not work: the body of HTTP errors ({@code application/problem+json}, RFC 9457), the data of RSocket
 * error frames, and a field of the WebSocket's {@code error} frame.
 *
 * @param type always {@code about:blank}: the code says more
 * @param title the kind, for people
 * @param status the HTTP status of the kind, on every transport
 * @param code see {@link ProblemCode#wireName()}; stable across releases
 * @param detail one sentence for a developer; may change
 * @param retryable whether the same request may succeed later
 * @param retryAfterMs how long to wait before that; null where waiting does not help
 * @param requestId what to name when asking an operator
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String code,
        String detail,
        boolean retryable,
        @Nullable Long retryAfterMs,
        String requestId) {
    public static final String MEDIA_TYPE = "application/problem+json";
}
