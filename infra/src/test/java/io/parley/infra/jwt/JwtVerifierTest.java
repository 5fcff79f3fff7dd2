package io.parley.infra.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionId;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.user.UserId;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import reactor.test.StepVerifier;

class JwtVerifierTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant END = NOW.plusSeconds(900);
    private static final Caller CALLER =
            new Caller(new UserId(UUID.randomUUID()), new SessionId(UUID.randomUUID()), END);

    private static final SigningKeys OURS = keys();
    private static final SigningKeys THEIRS = keys();

    private final Time time = new Time();
    private final JwtVerifier verifier = new JwtVerifier(OURS, "parley", time);
    private final JwtIssuer issuer = new JwtIssuer(OURS, "parley", time);

    @Test
    void whatWasIssuedIsBelievedUntilItsEndAndNotASecondLonger() {
        String token = issuer.issue(CALLER).block(TIMEOUT).value();

        believes(token);
        time.now = END.minusMillis(1);
        believes(token);
        time.now = END;
        refuses(token, ErrorCode.TOKEN_EXPIRED);
        // also by one that has not seen it before
        StepVerifier.create(new JwtVerifier(OURS, "parley", time).verify(token))
                .expectErrorMessage(ErrorCode.TOKEN_EXPIRED.wireName())
                .verify(TIMEOUT);
    }

    @Test
    void aTokenOfANodeWhoseClockIsAMinuteAheadIsBelieved() throws Exception {
        believes(signed(claims().issueTime(date(60)).notBeforeTime(date(60)).build()));
        refuses(signed(claims().issueTime(date(61)).build()), ErrorCode.TOKEN_INVALID);
        refuses(signed(claims().notBeforeTime(date(61)).build()), ErrorCode.TOKEN_INVALID);
    }

    static Stream<Arguments> attacks() throws Exception {
        RSAKey ours = OURS.current();
        RSAKey theirs = THEIRS.current();
        JWTClaimsSet good = claims().build();
        String honest = signed(good);
        return Stream.of(
                attack("nothing", ""),
                attack("no token", "abc"),
                attack("dots", ".."),
                attack("text that is not ASCII", "\u2665.\u2665.\u2665"),
                attack("alg none", new PlainJWT(good).serialize()),
                attack("alg none with our header", unsigned(Map.of("alg", "none", "typ", "at+jwt"), good)),
                attack("stripped signature", honest.substring(0, honest.lastIndexOf('.') + 1)),
                attack("cut signature", honest.substring(0, honest.length() - 3)),
                attack("another's claims under our signature", swapped(honest)),
                attack("HS256 with the public key as secret", hs256(ours, good)),
                attack("RS512", signed(JWSAlgorithm.RS512, ours, good, header -> header)),
                attack("PS256", signed(JWSAlgorithm.PS256, ours, good, header -> header)),
                attack("another key", signed(theirs, good, header -> header)),
                attack("another key under our kid", signed(theirs, good, header -> header.keyID(ours.getKeyID()))),
                attack("unknown kid", signed(ours, good, header -> header.keyID("unknown"))),
                attack("no kid", signed(ours, good, header -> header.keyID(null))),
                attack("typ JWT", signed(ours, good, header -> header.type(JOSEObjectType.JWT))),
                attack("no typ", signed(ours, good, header -> header.type(null))),
                attack("jku", signed(ours, good, header -> header.jwkURL(URI.create("https://evil.example/keys")))),
                attack(
                        "jku with its key",
                        signed(theirs, good, header -> header.jwkURL(URI.create("https://evil.example/keys")))),
                attack("jwk", signed(theirs, good, header -> header.jwk(theirs.toPublicJWK()))),
                attack("x5u", signed(ours, good, header -> header.x509CertURL(URI.create("https://evil.example")))),
                attack(
                        "x5c",
                        signed(
                                ours,
                                good,
                                header -> header.x509CertChain(
                                        List.of(com.nimbusds.jose.util.Base64.encode("a certificate"))))),
                attack("crit", signed(ours, good, header -> header.criticalParams(Set.of("exp2"))
                        .customParam("exp2", 1))),
                attack("iss of another", signed(claims().issuer("elsewhere").build())),
                attack("no iss", signed(claims().issuer(null).build())),
                attack("aud of another", signed(claims().audience("elsewhere").build())),
                attack(
                        "aud of us and another",
                        signed(claims().audience(List.of("parley", "elsewhere")).build())),
                attack("no aud", signed(claims().audience((String) null).build())),
                attack("no sub", signed(claims().subject(null).build())),
                attack("sub that is no id", signed(claims().subject("root").build())),
                attack("no sid", signed(claims().claim("sid", null).build())),
                attack("sid that is no id", signed(claims().claim("sid", 7).build())),
                attack("no exp", signed(claims().expirationTime(null).build())),
                attack("no iat", signed(claims().issueTime(null).build())),
                attack("no jti", signed(claims().jwtID(null).build())),
                attack("expired, of another key", signed(theirs, expired(), header -> header)),
                attack(
                        "longer than 8 KB",
                        signed(claims().claim("pad", "x".repeat(9_000)).build())));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void whatIsNotOursIsInvalid(String name, String token) {
        refuses(token, ErrorCode.TOKEN_INVALID);
    }

    @Test
    void ofOursOnlyTheExpiredIsCalledExpired() throws Exception {
        refuses(signed(expired()), ErrorCode.TOKEN_EXPIRED);
    }

    @Test
    void theHonestTokenOfTheTableIsBelieved() throws Exception {
        believes(signed(claims().build()));
    }

    @Test
    void thePublicKeysVerifyAndHoldNoSecret() throws Exception {
        String token = issuer.issue(CALLER).block(TIMEOUT).value();

        JWKSet set = JWKSet.parse(OURS.jwks().block(TIMEOUT));

        assertThat(set.getKeys()).hasSize(1).noneMatch(key -> key.isPrivate());
        RSAKey key = set.getKeys().get(0).toRSAKey();
        assertThat(key.size()).isEqualTo(3072);
        assertThat(key.toJSONObject().keySet()).containsExactlyInAnyOrder("kty", "e", "n", "use", "alg", "kid");
        assertThat(SignedJWT.parse(token).verify(new RSASSAVerifier(key))).isTrue();
        assertThat(SignedJWT.parse(token).getHeader().getKeyID()).isEqualTo(key.getKeyID());
    }

    private void believes(String token) {
        StepVerifier.create(verifier.verify(token))
                .expectNext(CALLER)
                .expectComplete()
                .verify(TIMEOUT);
    }

    private void refuses(String token, ErrorCode code) {
        // twice: what is refused must not be remembered as good
        for (int i = 0; i < 2; i++) {
            StepVerifier.create(verifier.verify(token))
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(Unauthenticated.class, refusal -> assertThat(refusal.code())
                                    .isEqualTo(code)))
                    .verify(TIMEOUT);
        }
    }

    private static Arguments attack(String name, String token) {
        return Arguments.of(name, token);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .issuer("parley")
                .audience("parley")
                .subject(CALLER.user().value().toString())
                .claim("sid", CALLER.session().value().toString())
                .issueTime(date(0))
                .expirationTime(Date.from(END))
                .jwtID("1");
    }

    private static JWTClaimsSet expired() {
        return claims().expirationTime(date(-1)).build();
    }

    private static Date date(int secondsFromNow) {
        return Date.from(NOW.plusSeconds(secondsFromNow));
    }

    private static String signed(JWTClaimsSet claims) throws Exception {
        return signed(OURS.current(), claims, header -> header);
    }

    private static String signed(RSAKey key, JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> change)
            throws Exception {
        return signed(JWSAlgorithm.RS256, key, claims, change);
    }

    private static String signed(
            JWSAlgorithm algorithm, RSAKey key, JWTClaimsSet claims, UnaryOperator<JWSHeader.Builder> change)
            throws Exception {
        JWSHeader.Builder header = new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID());
        JWSSigner signer = new RSASSASigner(key.toPrivateKey(), Set.of());
        SignedJWT token = new SignedJWT(change.apply(header).build(), claims);
        return serialized(token, signer);
    }

    /** Signed by hand: Nimbus refuses to sign what it does not understand. */
    private static String serialized(SignedJWT token, JWSSigner signer) throws Exception {
        Base64URL signature = signer.sign(
                token.getHeader().getCriticalParams() == null
                        ? token.getHeader()
                        : new JWSHeader.Builder(JWSAlgorithm.RS256).build(),
                token.getSigningInput());
        return new String(token.getSigningInput(), StandardCharsets.US_ASCII) + "." + signature;
    }

    private static String hs256(RSAKey key, JWTClaimsSet claims) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.HS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(key.getKeyID())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        token.sign(new MACSigner(key.toPublicKey().getEncoded()));
        return token.serialize();
    }

    private static String unsigned(Map<String, ?> header, JWTClaimsSet claims) {
        String json = JSONObjectUtils.toJSONString(header);
        return Base64URL.encode(json) + "." + Base64URL.encode(claims.toString()) + ".";
    }

    private static String swapped(String honest) {
        String[] parts = honest.split("\\.");
        String another = claims().subject(UUID.randomUUID().toString()).build().toString();
        return parts[0] + "." + Base64URL.encode(another) + "." + parts[2];
    }

    private static SigningKeys keys() {
        SigningKeys keys = new SigningKeys(new KeysInMemory());
        keys.load().block(TIMEOUT);
        return keys;
    }

    private static final class Time extends Clock {
        private Instant now = NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
