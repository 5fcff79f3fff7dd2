package io.parley.app.gateway;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names requests: what the client says, if it is fit for a log line, else a name of our own. */
public final class RequestIds {
    private static final Pattern FIT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private RequestIds() {}

    public static String of(@Nullable String given) {
        return given != null && FIT.matcher(given).matches() ? given : next();
    }

    public static String next() {
        return TimeOrderedIds.next().toString();
    }
}
