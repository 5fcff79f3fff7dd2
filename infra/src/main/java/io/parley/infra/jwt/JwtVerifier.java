package io.parley.infra.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.TokenVerifier;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.user.UserId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.ParseException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Believes tokens that one of our keys signed, and nothing that they say about how to verify them. A token is verified
 * once; then its hash is known until its end, as one of {@value #KNOWN} at most.
 */
final class JwtVerifier implements TokenVerifier {
    static final int MAX_LENGTH = 8 * 1024;
    static final int KNOWN = 10_000;

    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
    // Tidied up by whoever writes, as in the rate limiter.
    private final Cache<String, Caller> known =
            Caffeine.newBuilder().maximumSize(KNOWN).executor(Runnable::run).build();
    private final Clock clock;

    JwtVerifier(SigningKeys keys, String issuer, Clock clock) {
        this.clock = clock;
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(AccessTokenForm.TYPE));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(
                JWSAlgorithm.RS256, (selector, context) -> selector.select(keys.verifying())));
        processor.setJWTClaimsSetVerifier(new AccessTokenClaims(issuer, clock));
    }

    @Override
    public Mono<Caller> verify(String accessToken) {
        return Mono.fromSupplier(() -> unexpired(caller(accessToken)));
    }

    private Caller caller(String token) {
        if (token.length() > MAX_LENGTH) {
            throw new Unauthenticated(ErrorCode.TOKEN_INVALID);
        }
        String hash = sha256(token);
        @Nullable Caller before = known.getIfPresent(hash);
        if (before != null) {
            return before;
        }
        Caller caller = read(token);
        known.put(hash, caller);
        return caller;
    }

    private Caller unexpired(Caller caller) {
        if (!clock.instant().isBefore(caller.expiresAt())) {
            throw new Unauthenticated(ErrorCode.TOKEN_EXPIRED);
        }
        return caller;
    }

    private Caller read(String token) {
        try {
            SignedJWT signed = SignedJWT.parse(token);
            requireOwnForm(signed.getHeader());
            return caller(processor.process(signed, null));
        } catch (ExpiredJWTException expired) {
            throw new Unauthenticated(ErrorCode.TOKEN_EXPIRED);
        } catch (ParseException | BadJOSEException | JOSEException | IllegalArgumentException notOurs) {
            throw new Unauthenticated(ErrorCode.TOKEN_INVALID);
        }
    }

    /** Ours have these three fields and no others: no key of the sender's, no address of one, nothing critical. */
    private static void requireOwnForm(JWSHeader header) throws BadJOSEException {
        if (!header.getIncludedParams().equals(HEADER)) {
            throw new BadJOSEException("a header that is not ours");
        }
    }

    private static Caller caller(JWTClaimsSet claims) throws ParseException {
        return new Caller(
                new UserId(UUID.fromString(claims.getSubject())),
                new SessionId(UUID.fromString(claims.getStringClaim(AccessTokenForm.SESSION))),
                claims.getExpirationTime().toInstant());
    }

    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
