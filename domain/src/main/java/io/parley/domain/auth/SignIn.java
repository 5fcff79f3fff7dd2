package io.parley.domain.auth;

import io.parley.domain.error.ErrorCode;
import io.parley.domain.error.Unauthenticated;
import io.parley.domain.user.Handle;
import java.time.Duration;
import java.util.Optional;
import reactor.core.publisher.Mono;

/**
 * Opens a session for whoever knows the password. Nobody learns here whether a handle exists: an unknown one is counted,
 * takes as long and is refused like a wrong password.
 */
public final class SignIn {
    static final RateLimit PER_ACCOUNT = new RateLimit("sign-in-account", 10, Duration.ofSeconds(5));

    private final CallLimit perAddress;
    private final CallLimit perAccount;
    private final PasswordHasher hasher;
    private final AccountRepository accounts;
    private final OpenSession openSession;

    /** @param perAddress see {@link #limit} */
    public SignIn(CallLimit perAddress, PasswordHasher hasher, AccountRepository accounts, OpenSession openSession) {
        this.perAddress = perAddress;
        this.perAccount = new CallLimit(perAddress.limiter(), PER_ACCOUNT);
        this.hasher = hasher;
        this.accounts = accounts;
        this.openSession = openSession;
    }

    /** So many attempts from one address at once, and one more every 5 s. */
    public static RateLimit limit(int burst) {
        return new RateLimit("sign-in", burst, Duration.ofSeconds(5));
    }

    /**
     * Value: the user, signed in. Errors: {@code Unauthenticated} with {@code CREDENTIALS_WRONG}, {@code LimitExceeded},
     * {@code Unavailable}.
     */
    public Mono<SignedIn> signIn(String address, Handle handle, Password password, Device device) {
        return perAddress
                .acquire(address)
                .then(Mono.defer(() -> perAccount.acquire(handle.key())))
                .then(Mono.defer(() -> accounts.find(handle)))
                .singleOptional()
                .flatMap(account -> proved(account, password))
                .flatMap(account -> openSession.open(account.user(), device))
                .checkpoint("SignIn");
    }

    private Mono<Account> proved(Optional<Account> account, Password password) {
        return hasher.matches(password, account.map(Account::passwordHash).orElse(null))
                .filter(matches -> matches)
                .flatMap(matches -> Mono.justOrEmpty(account))
                .switchIfEmpty(Mono.error(() -> new Unauthenticated(ErrorCode.CREDENTIALS_WRONG)));
    }
}
