package io.parley.infra.jwt;

import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimNames;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import com.nimbusds.jwt.proc.JWTClaimsSetVerifier;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an access token must say. Clocks of nodes differ, so that a token may seem to come from a minute ahead; its end is
 * its end.
 */
final class AccessTokenClaims implements JWTClaimsSetVerifier<SecurityContext> {
    static final Duration AHEAD = Duration.ofSeconds(60);

    private static final Set<String> REQUIRED = Set.of(
            JWTClaimNames.ISSUER,
            JWTClaimNames.AUDIENCE,
            JWTClaimNames.SUBJECT,
            AccessTokenForm.SESSION,
            JWTClaimNames.ISSUED_AT,
            JWTClaimNames.EXPIRATION_TIME,
            JWTClaimNames.JWT_ID);

    private final String issuer;
    private final Clock clock;

    AccessTokenClaims(String issuer, Clock clock) {
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public void verify(JWTClaimsSet claims, @Nullable SecurityContext context) throws BadJWTException {
        if (!claims.getClaims().keySet().containsAll(REQUIRED)
                || !issuer.equals(claims.getIssuer())
                || !List.of(AccessTokenForm.AUDIENCE).equals(claims.getAudience())
                || isAhead(claims.getIssueTime())
                || isAhead(claims.getNotBeforeTime())) {
            throw new BadJWTException("not an access token of this installation");
        }
        if (!claims.getExpirationTime().toInstant().isAfter(clock.instant())) {
            throw new ExpiredJWTException("past its end");
        }
    }

    private boolean isAhead(@Nullable Date time) {
        Instant latest = clock.instant().plus(AHEAD);
        return time != null && time.toInstant().isAfter(latest);
    }
}
