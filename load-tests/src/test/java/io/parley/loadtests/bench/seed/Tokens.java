package io.parley.loadtests.bench.seed;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

/** Signs access tokens as the server does, with its current key; they last longer than a run. */
final class Tokens {
    private static final Duration LIFETIME = Duration.ofHours(6);

    private final RSASSASigner signer;
    private final JWSHeader header;

    private Tokens(RSASSASigner signer, String kid) {
        this.signer = signer;
        this.header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(kid)
                .build();
    }

    static Tokens read(Connection database) throws SQLException {
        try (Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery("select kid, private_key from signing_keys where use = 'current'")) {
            row.next();
            PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(row.getBytes(2));
            return new Tokens(new RSASSASigner(KeyFactory.getInstance("RSA").generatePrivate(key)), row.getString(1));
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    String sign(UUID user, UUID session) {
        Instant now = Instant.now();
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer("parley")
                .audience("parley")
                .subject(user.toString())
                .claim("sid", session.toString())
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(LIFETIME)))
                .jwtID(UUID.randomUUID().toString())
                .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(signer);
        } catch (JOSEException unsigned) {
            throw new IllegalStateException(unsigned);
        }
        return token.serialize();
    }
}
