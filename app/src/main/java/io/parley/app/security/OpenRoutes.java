package io.parley.app.security;

import io.parley.api.Routes;

/** What everybody may ask for. All else is for those who have signed in, on every transport: it need not be listed. */
final class OpenRoutes {
    /** Path patterns of HTTP, WebSocket upgrades included. */
    static final String[] HTTP = {
        "/", "/index.html", "/assets/**", "/favicon.ico", Routes.KEYS, Routes.OPEN_API, Routes.LIVE_SOCKET
    };

    /** Open, and deaf to tokens: whoever comes here has none yet, or one that has expired. */
    static final String[] DEAF = {Routes.REGISTER, Routes.SIGN_IN, Routes.REFRESH};

    /** Served on the management port alone; tokens there are not ours. */
    static final String[] MANAGEMENT = {"/health/**", "/prometheus"};

    /** What is said on it begins with hello, which may carry the token. */
    static final String[] RSOCKET = {Routes.LIVE};

    private OpenRoutes() {}
}
