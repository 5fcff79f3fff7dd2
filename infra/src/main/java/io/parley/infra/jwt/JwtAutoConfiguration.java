package io.parley.infra.jwt;

import io.parley.domain.auth.Caller;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SigningKeyRepository;
import io.parley.domain.auth.TokenIssuer;
import io.parley.domain.auth.TokenVerifier;
import io.parley.domain.user.UserId;
import io.parley.infra.startup.Preparation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import reactor.core.publisher.Mono;

/** Makes and reads access tokens. */
@AutoConfiguration
@EnableConfigurationProperties(TokenProperties.class)
public class JwtAutoConfiguration {
    private static final UUID NOBODY = new UUID(0, 0);

    @Bean
    SigningKeys signingKeys(SigningKeyRepository stored) {
        return new SigningKeys(stored);
    }

    @Bean
    TokenIssuer tokenIssuer(SigningKeys keys, TokenProperties properties) {
        return new JwtIssuer(keys, properties.issuer(), Clock.systemUTC());
    }

    @Bean
    TokenVerifier tokenVerifier(SigningKeys keys, TokenProperties properties) {
        return new JwtVerifier(keys, properties.issuer(), Clock.systemUTC());
    }

    /** Reads the keys, then makes a token and reads it: so that the first request finds everything loaded. */
    @Bean
    Preparation signingKeysAtStart(SigningKeys keys, TokenIssuer issuer, TokenVerifier verifier) {
        return () -> keys.load()
                .then(Mono.fromSupplier(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS)))
                .map(now -> new Caller(new UserId(NOBODY), new SessionId(NOBODY), now.plus(Duration.ofMinutes(1))))
                .flatMap(issuer::issue)
                .flatMap(token -> verifier.verify(token.value()))
                .then();
    }
}
