package io.parley.domain.auth;

import io.parley.domain.user.DisplayName;
import io.parley.domain.user.Handle;
import io.parley.domain.user.ReservedHandles;
import io.parley.domain.user.User;
import io.parley.domain.user.UserId;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Makes an account, and signs its owner in. */
public final class Register {
    private final CallLimit perAddress;
    private final PasswordHasher hasher;
    private final AccountRepository accounts;
    private final OpenSession openSession;
    private final NewUsers users;

    /** @param perAddress see {@link #limit} */
    public Register(
            CallLimit perAddress,
            PasswordHasher hasher,
            AccountRepository accounts,
            OpenSession openSession,
            NewUsers users) {
        this.perAddress = perAddress;
        this.hasher = hasher;
        this.accounts = accounts;
        this.openSession = openSession;
        this.users = users;
    }

    /** So many accounts from one address at once, and one more every 6 s. */
    public static RateLimit limit(int burst) {
        return new RateLimit("register", burst, Duration.ofSeconds(6));
    }

    /**
     * Value: the new user, signed in. Errors: {@code Conflict} if the handle is taken or reserved, {@code LimitExceeded},
     * {@code Unavailable}.
     */
    public Mono<SignedIn> register(String address, Application application) {
        return perAddress
                .acquire(address)
                .then(Mono.fromRunnable(() -> ReservedHandles.requireFree(application.handle())))
                .then(Mono.defer(() -> hasher.hash(application.password())))
                .map(hash -> new Account(users.of(application), hash))
                .delayUntil(accounts::register)
                .flatMap(account -> openSession.open(account.user(), application.device()))
                .checkpoint("Register");
    }

    /** What somebody wants to be called, and how they will prove who they are. */
    public record Application(Handle handle, DisplayName displayName, Password password, Device device) {}

    /** Gives applicants an id and a birthday. */
    public record NewUsers(Supplier<UserId> ids, Clock clock) {
        User of(Application application) {
            // PostgreSQL keeps microseconds: what is answered now must equal what is read later.
            return new User(
                    ids.get(),
                    application.handle(),
                    application.displayName(),
                    clock.instant().truncatedTo(ChronoUnit.MICROS));
        }
    }
}
