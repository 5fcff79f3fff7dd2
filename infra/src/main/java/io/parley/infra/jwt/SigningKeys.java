package io.parley.infra.jwt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.parley.domain.auth.PublicKeys;
import io.parley.domain.auth.SigningKeyRepository;
import io.parley.domain.auth.SigningKeyRepository.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The keys of this installation, read once at start; the very first node makes one. */
final class SigningKeys implements PublicKeys {
    private static final int BITS = 3072;

    private final SigningKeyRepository stored;
    private volatile @Nullable Loaded loaded;

    SigningKeys(SigningKeyRepository stored) {
        this.stored = stored;
    }

    /** Reads the keys, or makes one; of nodes that do so at once, all end with the same. */
    Mono<Void> load() {
        return stored.all()
                .switchIfEmpty(make())
                .collectList()
                // Off the database's loops: reading a key is arithmetic.
                .publishOn(Schedulers.boundedElastic())
                .map(SigningKeys::loaded)
                .doOnNext(keys -> loaded = keys)
                .then();
    }

    private Flux<SigningKey> make() {
        return Mono.fromCallable(SigningKeys::generate)
                .subscribeOn(Schedulers.boundedElastic())
                .flatMapMany(stored::claim);
    }

    /** Errors: {@code IllegalStateException} before {@link #load} has completed. */
    RSAKey current() {
        return ready().current();
    }

    /** All keys that verify, without their private halves. */
    JWKSet verifying() {
        return ready().verifying();
    }

    @Override
    public Mono<String> jwks() {
        return Mono.fromSupplier(() -> verifying().toString(true));
    }

    private Loaded ready() {
        Loaded keys = loaded;
        if (keys == null) {
            throw new IllegalStateException("the signing keys have not been read yet");
        }
        return keys;
    }

    private static Loaded loaded(List<SigningKey> keys) {
        List<RSAKey> read = new ArrayList<>();
        @Nullable RSAKey current = null;
        for (SigningKey key : keys) {
            RSAKey rsa = rsa(privateKey(key.pkcs8()));
            read.add(rsa);
            current = key.current() ? rsa : current;
        }
        if (current == null) {
            throw new IllegalStateException("none of the signing keys is the current one");
        }
        return new Loaded(current, new JWKSet(List.copyOf(read)).toPublicJWKSet());
    }

    static SigningKey generate() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(BITS);
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) generator.generateKeyPair().getPrivate();
        return new SigningKey(rsa(key).getKeyID(), Base64.getEncoder().encodeToString(key.getEncoded()), true);
    }

    private static RSAPrivateCrtKey privateKey(String pkcs8) {
        try {
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pkcs8));
            return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(encoded);
        } catch (GeneralSecurityException unreadable) {
            throw new IllegalStateException("a signing key cannot be read", unreadable);
        }
    }

    /** Its name is its thumbprint, RFC 7638: the same wherever it is read. */
    private static RSAKey rsa(RSAPrivateCrtKey key) {
        try {
            RSAPublicKeySpec half = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return new RSAKey.Builder((java.security.interfaces.RSAPublicKey)
                            KeyFactory.getInstance("RSA").generatePublic(half))
                    .privateKey(key)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyIDFromThumbprint()
                    .build();
        } catch (GeneralSecurityException | JOSEException unreadable) {
            throw new IllegalStateException("a signing key cannot be read", unreadable);
        }
    }

    private record Loaded(RSAKey current, JWKSet verifying) {}
}
