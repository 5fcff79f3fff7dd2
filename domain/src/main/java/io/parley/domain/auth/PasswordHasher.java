package io.parley.domain.auth;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Makes passwords unreadable, slowly on purpose. Works off the event loops, on few threads with a short queue. */
public interface PasswordHasher {

    /** Value: what to store; it holds its own salt and parameters. Errors: {@code LimitExceeded} if the queue is full. */
    Mono<String> hash(Password password);

    /**
     * Value: whether the password is the one that was hashed. Without a hash, which is how an unknown user looks, it takes
     * as long and is false. Errors: {@code LimitExceeded} if the queue is full.
     */
    Mono<Boolean> matches(Password password, @Nullable String encoded);
}
