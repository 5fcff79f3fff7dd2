package io.parley.app.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * From which pages browsers may call: those that are named in the settings, else those of this very host. A program
 * that is no browser sends no {@code Origin}, and is not concerned.
 */
@Component
public final class OriginPolicy {
    private final Set<String> allowed;

    OriginPolicy(OriginProperties properties) {
        this.allowed = Set.copyOf(properties.origins());
    }

    /** Whether a request with these headers may go on. */
    public boolean allows(@Nullable String origin, @Nullable String host) {
        if (origin == null) {
            return true;
        }
        return allowed.isEmpty() ? isSameHost(origin, host) : allowed.contains(origin);
    }

    /** The scheme is not compared: TLS may end at a proxy. */
    private static boolean isSameHost(String origin, @Nullable String host) {
        return host != null && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    /** Only these get CORS headers; a page of this host needs none. */
    Set<String> allowed() {
        return allowed;
    }
}
