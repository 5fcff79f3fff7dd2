package io.parley.domain.auth;

import io.parley.domain.user.Handle;
import reactor.core.publisher.Mono;

/** Where accounts rest. Nothing happens before subscription. */
public interface AccountRepository {

    /**
     * Stores the user and the password hash as one unit, and completes after the commit. Errors: {@code Conflict} if the
     * handle belongs to somebody, or did until they deleted their account; of several who race for one, one wins. {@code
     * Unavailable}; then it may have been stored.
     */
    Mono<Void> register(Account account);

    /**
     * Value: whose handle this is, however it is written; none if nobody's, or if the account was deleted. Errors: {@code
     * Unavailable}.
     */
    Mono<Account> find(Handle handle);
}
