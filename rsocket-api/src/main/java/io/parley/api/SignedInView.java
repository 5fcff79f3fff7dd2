package io.parley.api;

import java.time.Instant;
import java.util.UUID;

/**
 * Who has signed in, and what proves it from now on.
 *
 * @param accessToken for {@code Authorization: Bearer}, and as bearer token of RSocket ({@code
 *     message/x.rsocket.authentication.v0}) in the setup or in a request; never in a URL
 * @param refreshToken good for one {@link Refresh}
 */
public record SignedInView(
        UserView user,
        UUID sessionId,
        String accessToken,
        Instant accessExpiresAt,
        String refreshToken,
        Instant refreshExpiresAt) {

    @Override
    public String toString() {
        return "SignedInView[user=" + user + ", sessionId=" + sessionId + ", hidden]";
    }
}
