package io.parley.infra.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.parley.domain.auth.AccessToken;
import io.parley.domain.auth.Caller;
import io.parley.domain.auth.TokenIssuer;
import java.time.Clock;
import java.util.Date;
import java.util.UUID;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Signs access tokens with the current key: milliseconds of arithmetic, on threads that may take them. */
final class JwtIssuer implements TokenIssuer {
    private final SigningKeys keys;
    private final String issuer;
    private final Clock clock;

    JwtIssuer(SigningKeys keys, String issuer, Clock clock) {
        this.keys = keys;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Mono<AccessToken> issue(Caller caller) {
        return Mono.fromCallable(() -> sign(caller)).subscribeOn(Schedulers.boundedElastic());
    }

    private AccessToken sign(Caller caller) throws JOSEException {
        RSAKey key = keys.current();
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(AccessTokenForm.TYPE)
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims(caller));
        token.sign(new RSASSASigner(key));
        return new AccessToken(token.serialize());
    }

    private JWTClaimsSet claims(Caller caller) {
        return new JWTClaimsSet.Builder()
                .issuer(issuer)
                .audience(AccessTokenForm.AUDIENCE)
                .subject(caller.user().value().toString())
                .claim(AccessTokenForm.SESSION, caller.session().value().toString())
                .issueTime(Date.from(clock.instant()))
                .expirationTime(Date.from(caller.expiresAt()))
                .jwtID(UUID.randomUUID().toString())
                .build();
    }
}
