package io.parley.infra;

import io.parley.domain.auth.Account;
import io.parley.domain.auth.AccountRepository;
import io.parley.domain.auth.Device;
import io.parley.domain.auth.RefreshToken;
import io.parley.domain.auth.Session;
import io.parley.domain.auth.SessionId;
import io.parley.domain.auth.SessionRepository;
import io.parley.domain.auth.SessionRepository.NewSession;
import io.parley.domain.user.DisplayName;
import io.parley.domain.user.Handle;
import io.parley.domain.user.User;
import io.parley.domain.user.UserId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** People and sessions to test with. */
public final class Accounts {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private Accounts() {}

    public static Handle handle() {
        return new Handle("T" + UUID.randomUUID().toString().replace("-", "").substring(0, 20));
    }

    public static Account account(Handle handle) {
        User user = new User(new UserId(UUID.randomUUID()), handle, new DisplayName("Someone"), now());
        return new Account(user, "{hash of " + handle.key() + "}");
    }

    public static User registered(AccountRepository accounts) {
        Account account = account(handle());
        accounts.register(account).block(TIMEOUT);
        return account.user();
    }

    public static SessionId opened(SessionRepository sessions, User user, RefreshToken refresh) {
        Instant now = now();
        Session session = new Session(new SessionId(UUID.randomUUID()), user.id(), now.plus(Session.LIFE));
        sessions.open(new NewSession(session, new Device("a test"), now, refresh.hash()))
                .block(TIMEOUT);
        return session.id();
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
