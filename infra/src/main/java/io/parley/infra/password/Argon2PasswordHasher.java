package io.parley.infra.password;

import io.parley.domain.auth.Password;
import io.parley.domain.auth.PasswordHasher;
import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.LimitExceeded;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Argon2id as OWASP recommends it: 19 MiB, two passes, one lane. Each hash takes tens of milliseconds of a core, so the
 * scheduler bounds how many run and how many wait.
 */
final class Argon2PasswordHasher implements PasswordHasher {
    static final int SALT_BYTES = 16;
    static final int HASH_BYTES = 32;
    static final int LANES = 1;
    static final int KIBIBYTES = 19_456;
    static final int PASSES = 2;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final PasswordEncoder argon2 = new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, LANES, KIBIBYTES, PASSES);
    private final Scheduler scheduler;

    /** What the passwords of unknown users are compared with, so that they take as long as any. */
    private final String ofNobody;

    /** @param scheduler of threads that may block, rejecting what they cannot take */
    Argon2PasswordHasher(Scheduler scheduler) {
        this.scheduler = scheduler;
        this.ofNobody = encode(UUID.randomUUID().toString());
    }

    @Override
    public Mono<String> hash(Password password) {
        return queued(() -> encode(password.text()));
    }

    @Override
    public Mono<Boolean> matches(Password password, @Nullable String encoded) {
        return encoded == null
                ? queued(() -> argon2.matches(password.text(), ofNobody)).thenReturn(false)
                : queued(() -> argon2.matches(password.text(), encoded));
    }

    private String encode(String text) {
        return java.util.Objects.requireNonNull(argon2.encode(text));
    }

    private <T> Mono<T> queued(Callable<T> work) {
        return Mono.fromCallable(work)
                .subscribeOn(scheduler)
                .onErrorMap(
                        RejectedExecutionException.class, full -> new LimitExceeded(ErrorCode.AUTH_BUSY, RETRY_AFTER));
    }
}
